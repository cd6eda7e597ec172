import { cn } from "../../primitives/class-names";
import { type DiffLine, diffOf } from "./diff";

const signs: Record<DiffLine["sign"], { mark: string; said: string; line: string; sign: string }> = {
  same: { mark: " ", said: "", line: "", sign: "" },
  removed: { mark: "−", said: "before: ", line: "bg-status-offline/9", sign: "text-status-offline" },
  added: { mark: "+", said: "after: ", line: "bg-status-online/10", sign: "text-status-online" },
};

/** Before and after, a line a field, by signs and colour. Long values break, so that nothing hides. */
export function DiffView({
  title,
  before,
  after,
}: {
  title: string;
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
}) {
  const lines = diffOf(before, after);
  if (lines.length === 0) return null;
  return (
    <div className="overflow-hidden rounded-md border bg-card text-xs">
      <p className="border-b px-3 py-1.25 font-medium">{title}</p>
      <ul className="mono py-1 leading-[19px]">
        {lines.map(({ sign, path, text }) => {
          const look = signs[sign];
          return (
            <li key={`${sign}:${path}`} className={cn("flex gap-2 px-3", look.line)}>
              <span aria-hidden="true" className={cn("w-3 shrink-0 select-none text-center", look.sign)}>
                {look.mark}
              </span>
              <span className="min-w-0 whitespace-pre-wrap break-words">
                <span className="sr-only">{look.said}</span>
                <span className="text-muted-foreground">{path}:</span> {text}
              </span>
            </li>
          );
        })}
      </ul>
    </div>
  );
}
