"use client";

import { useEffect } from "react";
import type { CommandKind } from "@/contracts/fleet/command";
import { useLive } from "../../live/live-context";

const typingRestMs = 300;

/**
 * While a dialog is open, everyone else sees who is about to do what to whom, and why as far as it is typed. Said
 * again after a reconnect, taken back when the dialog closes; a lost browser's dialog lapses on the server.
 */
export function useIntentSignal(kind: CommandKind, agentIds: readonly string[], reason: string): void {
  const { connection } = useLive();
  const socket = connection?.socket;
  const ids = agentIds.join(" ");
  useEffect(() => {
    if (!socket || ids === "") return;
    const tell = () => {
      const words = reason.trim();
      socket.emit("prepare", { kind, agentIds: ids.split(" "), ...(words ? { reason: words } : {}) });
    };
    const timer = setTimeout(tell, reason === "" ? 0 : typingRestMs);
    socket.on("connect", tell);
    return () => {
      clearTimeout(timer);
      socket.off("connect", tell);
    };
  }, [socket, kind, ids, reason]);
  useEffect(() => {
    if (!socket) return;
    return () => {
      socket.emit("unprepare");
    };
  }, [socket]);
}
