import { memo } from "react";
import type { LogLine } from "@/contracts/fleet/log-line";
import { clockTime, exactTime } from "../../format/exact-time";
import { cn } from "../../primitives/class-names";

/** One line; errors are tinted, warnings told by their word. */
export const LogLineRow = memo(function LogLineRow({ line }: { line: LogLine }) {
  const { level } = line;
  return (
    <div
      data-level={level}
      className={cn(
        "grid grid-cols-[92px_44px_76px_minmax(0,1fr)] gap-2 px-3.5 font-mono text-[12px] leading-[20px] tracking-[-0.01em]",
        "max-md:grid-cols-[64px_40px_minmax(0,1fr)] max-md:px-4",
        level === "error" && "bg-status-offline/7",
      )}
    >
      <span className="text-faint-foreground max-md:hidden" title={exactTime(line.at, { millis: true })}>
        {clockTime(line.at, { millis: true })}
      </span>
      <span className="text-faint-foreground md:hidden">{clockTime(line.at)}</span>
      <span
        className={cn(
          "text-muted-foreground",
          level === "warn" && "font-strong text-status-waiting",
          level === "error" && "font-semibold text-status-offline",
        )}
      >
        {level}
      </span>
      <span className="cut text-faint-foreground max-md:hidden" title={line.source ?? undefined}>
        {line.source}
      </span>
      <span className={cn("whitespace-pre-wrap break-words", level === "debug" && "text-muted-foreground")}>
        {line.message}
      </span>
    </div>
  );
});
