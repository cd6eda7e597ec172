import { z } from "zod";
import type { Matcher } from "@/contracts/watch/matcher";
import { blankFault, matcherSchema, mostMatchers } from "@/contracts/watch/matcher";
import type { NewSilence } from "@/contracts/watch/silence";
import { silenceKinds } from "@/contracts/watch/silence";
import { timeWindowSchema } from "@/contracts/watch/time-window";
import { untilTomorrowMs } from "../alerts/alert-words";
import { matcherFault } from "../matchers/matcher-fault";
import { type Length, lengths, type SilenceStart } from "./silence-start";

const hourMs = 3_600_000;
const spans: Partial<Record<Length, number>> = {
  "30m": hourMs / 2,
  "1h": hourMs,
  "4h": 4 * hourMs,
  "24h": 24 * hourMs,
};

/** What is typed into the dialog, with what is wrong with it as sentences. */
export const silenceFormSchema = z
  .object({
    kind: z.enum(silenceKinds),
    matchers: z.array(matcherSchema).min(1, "Say at least one thing that it fits.").max(mostMatchers),
    reason: z.string().trim().min(1, "Say why: whoever wonders at night reads it.").max(500),
    length: z.enum(lengths),
    from: z.string(),
    until: z.string(),
    schedule: timeWindowSchema.nullable(),
  })
  .superRefine((typed, context) => {
    const say = (path: string, message: string) =>
      context.addIssue({ code: "custom", path: [path], message });
    typed.matchers.forEach((matcher, index) => {
      const fault = matcherFault(matcher) ?? blankFault(matcher);
      if (fault) context.addIssue({ code: "custom", path: ["matchers", index], message: fault });
    });
    if (typed.matchers.every(fitsEverything)) {
      say("matchers", "This fits every alert. Name a group, an agent or a rule.");
    }
    if (typed.length === "open" && !typed.schedule) say("until", "A silence needs an end.");
    if (typed.length !== "until") return;
    const untilMs = Date.parse(typed.until);
    const fromMs = typed.from === "" ? Number.NaN : Date.parse(typed.from);
    if (Number.isNaN(untilMs)) say("until", "Say until when.");
    else if (untilMs <= fromMs) say("until", "It has to end after it begins.");
  });

function fitsEverything({ op, value }: Matcher): boolean {
  return op === "=~" && /^\^?\.\*\$?$/u.test(value);
}

/** Whether matchers are worth asking the server about: none is half written. */
export function isWhole(matchers: readonly Matcher[]): boolean {
  return (
    matchers.length > 0 &&
    matchers.every(
      (matcher) =>
        matcherSchema.safeParse(matcher).success && (matcherFault(matcher) ?? blankFault(matcher)) === null,
    )
  );
}

/** As the server takes it: moments instead of what was picked. */
export function silenceOf(typed: SilenceStart, nowMs: number): NewSilence {
  const startsMs = typed.from === "" ? nowMs : Date.parse(typed.from);
  return {
    kind: typed.kind,
    matchers: typed.matchers,
    reason: typed.reason.trim(),
    schedule: typed.schedule,
    endsAt: endOf(typed, startsMs, nowMs),
    ...(typed.from === "" ? {} : { startsAt: new Date(startsMs).toISOString() }),
  };
}

function endOf(typed: SilenceStart, startsMs: number, nowMs: number): string | null {
  if (typed.length === "open") return null;
  if (typed.length === "until") return new Date(typed.until).toISOString();
  const spanMs = spans[typed.length];
  if (spanMs !== undefined) return new Date(startsMs + spanMs).toISOString();
  return new Date(nowMs + untilTomorrowMs(nowMs)).toISOString();
}
