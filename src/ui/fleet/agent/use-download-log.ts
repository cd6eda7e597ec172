"use client";

import { useState } from "react";
import type { LogLevel } from "@/contracts/fleet/log-line";
import { refusalOf } from "../../api/refusal";
import { trpc } from "../../api/trpc";
import { toast } from "../../primitives/toast";

/** Saves the agent's log as a text file, this level and worse. */
export function useDownloadLog(agentId: string): { busy: boolean; run: (level?: LogLevel) => void } {
  const client = trpc.useUtils().client;
  const [busy, setBusy] = useState(false);
  const run = async (level?: LogLevel) => {
    setBusy(true);
    try {
      const { text, fileName } = await client.logs.download.query({ id: agentId, level });
      save(text, fileName);
    } catch (error) {
      toast.failed({ title: "The log was not downloaded.", detail: refusalOf(error).message });
    } finally {
      setBusy(false);
    }
  };
  return { busy, run: (level) => void run(level) };
}

function save(text: string, fileName: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: "text/plain;charset=utf-8" }));
  const link = document.createElement("a");
  link.href = address;
  link.download = fileName;
  link.click();
  URL.revokeObjectURL(address);
}
