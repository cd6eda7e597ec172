import type { ReactNode } from "react";
import type { Activity, AgentStatus } from "@/contracts/fleet/status";
import { cn } from "../primitives/class-names";
import { StatusShape } from "./shapes";
import { statusKey, statusLook } from "./status-words";

export interface StatusBadgeProps {
  status: AgentStatus;
  activity?: Activity | null | undefined;
  /** inline: shape and word, for tables; tinted: on its own tint, for headers. */
  variant?: "inline" | "tinted";
  size?: "sm" | "lg";
  /** Replaces the word, as in "Firing 11 min"; keep the status recognisable. */
  children?: ReactNode;
  className?: string;
}

/** Status by shape, colour and word. Hold it in an `EvidencePopover` where the evidence is at hand. */
export function StatusBadge({
  status,
  activity,
  variant = "inline",
  size = "sm",
  children,
  className,
}: StatusBadgeProps) {
  const key = statusKey(status, activity);
  const look = statusLook(key);
  const tinted = variant === "tinted";
  return (
    <span
      data-slot="status-badge"
      data-status={key}
      data-tone={look.tone}
      className={cn(
        "inline-flex items-center whitespace-nowrap align-middle",
        tinted
          ? "tinted h-[22px] gap-1.5 rounded-sm pr-2 pl-1.5 font-strong text-tone text-xs"
          : "gap-[7px] text-sm",
        tinted && size === "lg" && "h-[26px] rounded-md pr-2.5 pl-2 text-sm",
        className,
      )}
    >
      <StatusShape shape={look.shape} className="text-tone" />
      <span className={cn(!tinted && look.loud && "font-strong text-tone")}>{children ?? look.word}</span>
    </span>
  );
}
