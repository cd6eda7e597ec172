"use client";

import Link from "next/link";
import type { Command } from "@/contracts/fleet/command";
import { useNow } from "../../format/ticker";
import { cn } from "../../primitives/class-names";
import { commandStateLooks } from "../../status/command-progress";
import { CommandSteps } from "../../status/command-steps";
import { StatusShape } from "../../status/shapes";
import { lastWord, tookWord } from "./last-word";

/** One agent's command: name, five steps, the last word in plain text, and how long it has taken. */
export function ProgressRow({ command }: { command: Command }) {
  const nowMs = useNow();
  const look = commandStateLooks[command.state];
  const rest = lastWord(command, nowMs);
  return (
    <li
      data-slot="progress-row"
      data-state={command.state}
      data-tone={look.tone}
      className="grid min-h-9 grid-cols-[14px_minmax(0,1fr)_minmax(90px,186px)_44px] items-center gap-x-2.5 border-border/62 border-b px-5 py-1.5 text-xs last:border-b-0 md:grid-cols-[14px_128px_160px_minmax(0,1fr)_48px]"
    >
      <StatusShape shape={look.shape} className="text-tone" />
      <Link
        prefetch={false}
        href={`/agents/${command.agentId}`}
        className="cut font-strong text-sm hover:underline"
      >
        {command.agentName}
      </Link>
      <CommandSteps command={command} />
      <span className="max-md:order-last max-md:col-span-3 max-md:col-start-2" title={rest}>
        <b className={cn("font-strong", look.tone === "neutral" ? "text-foreground" : "text-tone")}>
          {look.word}
        </b>
        {rest ? <span> · {rest}</span> : null}
      </span>
      <span className="num text-right text-muted-foreground">{tookWord(command, nowMs)}</span>
    </li>
  );
}
