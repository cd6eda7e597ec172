import type { Severity } from "@/contracts/watch/rule";
import { cn } from "../primitives/class-names";
import type { StatusTone } from "../status/status-words";

const looks: Record<Severity, { word: string; tone: StatusTone }> = {
  critical: { word: "Critical", tone: "offline" },
  warning: { word: "Warning", tone: "stuck" },
  info: { word: "Info", tone: "unknown" },
};

export function severityLook(severity: Severity) {
  return looks[severity];
}

/** The severity's word, coloured only while it matters: over and done is grey. */
export function SeverityWord({ severity, loud }: { severity: Severity; loud: boolean }) {
  const look = looks[severity];
  return (
    <span data-tone={look.tone} className={cn(loud && "font-strong text-tone")}>
      {look.word}
    </span>
  );
}
