import type { Alert } from "@/contracts/watch/alert";
import type { Matcher } from "@/contracts/watch/matcher";
import type { Silence } from "@/contracts/watch/silence";
import type { TimeWindow } from "@/contracts/watch/time-window";

/** How long a silence lasts, as it is picked; `until` is a moment that is typed, `open` ends with a person's hand only. */
export const lengths = ["30m", "1h", "4h", "24h", "tomorrow", "until", "open"] as const;
export type Length = (typeof lengths)[number];

/** What the dialog starts with. */
export interface SilenceStart {
  kind: Silence["kind"];
  matchers: Matcher[];
  reason: string;
  length: Length;
  /** As a `datetime-local` field has it, in the browser's zone: "2026-03-12T14:30"; "" is now. */
  from: string;
  until: string;
  schedule: TimeWindow | null;
}

export const emptySilence: SilenceStart = {
  kind: "silence",
  matchers: [{ label: "agent", op: "=", value: "" }],
  reason: "",
  length: "1h",
  from: "",
  until: "",
  schedule: null,
};

/** Planned work: it is said when it will be. */
export function emptyMaintenance(nowMs: number): SilenceStart {
  const from = nextHour(nowMs);
  return {
    ...emptySilence,
    kind: "maintenance",
    length: "until",
    from: localField(from),
    until: localField(from + 7_200_000),
  };
}

function nextHour(nowMs: number): number {
  const at = new Date(nowMs);
  return new Date(at.getFullYear(), at.getMonth(), at.getDate(), at.getHours() + 1).getTime();
}

/**
 * What fits this alert and its like: the rule and the thing it is about. Wide enough that it does not come back under
 * another id, narrow enough that nothing else is lost.
 */
export function silenceFromAlert(alert: Alert): SilenceStart {
  const about: Matcher =
    alert.subject.kind === "agent"
      ? { label: "agent", op: "=", value: alert.subject.name }
      : { label: "subject", op: "=", value: alert.subject.name };
  return { ...emptySilence, matchers: [about, { label: "rule", op: "=", value: alert.ruleName }] };
}

/** A silence that is there, to be changed. */
export function silenceToChange(silence: Silence): SilenceStart {
  return {
    kind: silence.kind,
    matchers: silence.matchers,
    reason: silence.reason,
    length: silence.endsAt === null ? "open" : "until",
    from: localField(Date.parse(silence.startsAt)),
    until: silence.endsAt === null ? "" : localField(Date.parse(silence.endsAt)),
    schedule: silence.schedule,
  };
}

/** The same again from now on, for one that has ended. */
export function silenceAgain(silence: Silence, nowMs: number): SilenceStart {
  const base = silence.kind === "maintenance" && !silence.schedule ? emptyMaintenance(nowMs) : emptySilence;
  return {
    ...base,
    kind: silence.kind,
    matchers: silence.matchers,
    reason: silence.reason,
    schedule: silence.schedule,
    ...(silence.schedule ? { length: "open" as const } : {}),
  };
}

/** A moment as a `datetime-local` field shows it, in the browser's own zone. */
export function localField(ms: number): string {
  const at = new Date(ms);
  const two = (part: number) => String(part).padStart(2, "0");
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}T${two(at.getHours())}:${two(at.getMinutes())}`;
}
