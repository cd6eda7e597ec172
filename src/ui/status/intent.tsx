import type { ReactNode } from "react";
import { Avatar } from "../primitives/avatar";
import { cn } from "../primitives/class-names";

/** Someone's hand is on it: "Jonas is about to restart this agent". Replaces the text of a cell, adds no line. */
export function IntentLine({
  person,
  children,
  since,
  className,
}: {
  person: string;
  /** The sentence, with the name in it. */
  children: ReactNode;
  /** How long, quiet: "22 s". */
  since?: ReactNode;
  className?: string;
}) {
  return (
    <span
      data-slot="intent"
      className={cn("flex min-w-0 items-center gap-[7px] font-medium text-hand", className)}
    >
      <Avatar name={person} size="xs" hand decorative />
      <span className="cut">{children}</span>
      {since ? <span className="num shrink-0 font-normal text-muted-foreground">{since}</span> : null}
    </span>
  );
}
