import type { SeenAlertLink } from "@/contracts/watch/alert-link";
import { RelativeTime } from "../../format/time";
import { severityLook } from "../severity";

/** The alert as the message told it, and no more: whoever holds the link may not be signed in. */
export function LinkAlert({ seen }: { seen: SeenAlertLink }) {
  const { alert, state } = seen;
  const { word, tone } = severityLook(alert.severity);
  const loud = state !== "resolved";
  return (
    <section
      aria-label="The alert"
      data-tone={loud ? tone : "neutral"}
      className="rounded-lg border bg-background px-4 py-3.5 max-md:bg-card"
    >
      <p className="flex items-baseline justify-between gap-3 text-xs">
        <span className="flex items-center gap-1.5 font-strong text-tone">
          <span aria-hidden="true" className="size-2 rounded-full bg-current" />
          {loud ? word : "Resolved"}
        </span>
        <span className="text-muted-foreground">
          <RelativeTime at={alert.resolvedAt ?? alert.firedAt} suffix="ago" />
        </span>
      </p>
      <p className="mt-1.5 font-semibold text-lg leading-6 [overflow-wrap:anywhere]">{alert.subjectName}</p>
      <p className="text-muted-foreground text-sm [overflow-wrap:anywhere]">{alert.ruleName}</p>
      <p className="mt-2 text-base [overflow-wrap:anywhere]">{alert.summary}</p>
    </section>
  );
}
