import type { ReactNode } from "react";
import { Avatar } from "../../primitives/avatar";

/** Under an agent of a dialog: whose hand is, or was just now, on it too. */
export function HandNote({
  person,
  tone,
  actions,
  children,
}: {
  person: string;
  /** hand: it is on it now. waiting: it was, and whoever reads this should think again. neutral: their own. */
  tone: "hand" | "waiting" | "neutral";
  actions?: ReactNode;
  children: ReactNode;
}) {
  return (
    <div
      data-slot="hand-note"
      data-tone={tone}
      className="tinted mt-2 flex items-center gap-x-2.5 gap-y-1 rounded-md border border-tone/30 px-2.5 py-1.5 text-xs max-md:flex-wrap"
    >
      <Avatar name={person} size="xs" hand={tone === "hand"} decorative />
      <span className="num min-w-0 flex-1 break-words [&_b]:font-strong [&_b]:text-tone">{children}</span>
      {actions ? (
        <span className="flex shrink-0 gap-3 max-md:ml-7 max-md:w-full max-md:[&_button]:min-h-9">
          {actions}
        </span>
      ) : null}
    </div>
  );
}
