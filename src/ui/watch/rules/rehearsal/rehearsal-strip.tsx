"use client";

import type { Rehearsal } from "@/contracts/watch/rehearsal";
import type { RuleDraft } from "@/contracts/watch/rule";
import { severityLook } from "../../severity";
import { daySpans, episodeSpans, quietSpans, type Span, unknownSpans } from "./strip-layout";

const place = ({ from, width }: Span) => ({ left: `${from}%`, width: `${width}%` });
const hatched =
  "bg-[repeating-linear-gradient(135deg,var(--border)_0_1px,transparent_1px_6px)] shadow-[inset_0_0_0_1px_var(--border)]";

/** The days as a strip: when it would have waited and fired. The table below says the same in words. */
export function RehearsalStrip({
  rehearsal,
  rule,
  words,
}: {
  rehearsal: Rehearsal;
  rule: Pick<RuleDraft, "severity" | "quiet">;
  words: string;
}) {
  const { tone } = severityLook(rule.severity);
  const days = daySpans(rehearsal);
  const quiet = quietSpans(rehearsal, rule.quiet);
  const unknown = unknownSpans(rehearsal);
  const episodes = episodeSpans(rehearsal);
  return (
    <div data-slot="rehearsal-strip">
      <div role="img" aria-label={words} className="relative h-14 overflow-hidden border-b">
        {quiet.map((span) => (
          <i key={`quiet-${span.from}`} className="absolute inset-y-0 bg-muted" style={place(span)} />
        ))}
        {unknown.map((span) => (
          <i key={`unknown-${span.from}`} className={`absolute inset-y-0 ${hatched}`} style={place(span)} />
        ))}
        {days.slice(1).map(({ key, from }) => (
          <i key={key} className="absolute inset-y-0 w-px bg-border" style={{ left: `${from}%` }} />
        ))}
        {episodes.map(({ waiting, firing }, index) => (
          <span key={`${rehearsal.episodes[index]?.subject.id}-${firing.from}`}>
            <i
              data-tone="waiting"
              className="absolute bottom-0 h-4 bg-tone-fill"
              style={{ left: `${waiting.from}%`, width: `${waiting.width}%` }}
            />
            <i
              data-tone={tone}
              className="absolute bottom-0 h-9 min-w-[3px] rounded-t-[1px] bg-tone-fill"
              // Never less than is seen, also at the right end, where what fires now is.
              style={{ left: `min(${firing.from}%, 100% - 3px)`, width: `${firing.width}%` }}
            />
          </span>
        ))}
      </div>
      <div aria-hidden="true" className="relative h-5 text-2xs text-muted-foreground">
        {days.map(({ key, name, from, width }) =>
          width < 7 ? null : (
            <span
              key={key}
              className="absolute top-1 truncate text-center"
              style={{ left: `${from}%`, width: `${width}%` }}
            >
              {name}
            </span>
          ),
        )}
      </div>
      <ul aria-hidden="true" className="mt-1 flex flex-wrap gap-x-4 gap-y-1 text-2xs text-muted-foreground">
        <Key mark={<i data-tone={tone} className="size-2.5 rounded-xs bg-tone-fill" />}>firing</Key>
        {episodes.some(({ waiting }) => waiting.width > 0) ? (
          <Key mark={<i data-tone="waiting" className="h-2.5 w-[5px] rounded-xs bg-tone-fill" />}>
            waited out
          </Key>
        ) : null}
        {quiet.length > 0 ? (
          <Key mark={<i className="size-2.5 bg-muted shadow-[inset_0_0_0_1px_var(--border)]" />}>
            quiet hours
          </Key>
        ) : null}
        {unknown.length > 0 ? <Key mark={<i className={`size-2.5 ${hatched}`} />}>not known</Key> : null}
      </ul>
    </div>
  );
}

function Key({ mark, children }: { mark: React.ReactNode; children: React.ReactNode }) {
  return (
    <li className="flex items-center gap-1.5">
      {mark}
      {children}
    </li>
  );
}
