import type { Matcher } from "@/contracts/watch/matcher";
import { invalid } from "@/domain/kernel";
import { faultsOfMatchers } from "@/domain/watch/telling";
import type { SilenceRow } from "./silence-of";

/** Refuses patterns that are none, by the field that they stand in. */
export function demandPatterns(matchers: readonly Matcher[]): void {
  const [fault] = faultsOfMatchers(matchers);
  if (fault) throw invalid(fault, { fields: [{ path: "matchers", message: fault }] });
}

/** Refuses times at which the silence would keep nobody quiet, or nobody knew when it ends. */
export function demandTimes(
  { startsAt, endsAt, schedule }: Pick<SilenceRow, "startsAt" | "endsAt" | "schedule">,
  now: Date,
): void {
  const refuse = (message: string) => invalid(message, { fields: [{ path: "endsAt", message }] });
  if (endsAt === null) {
    if (schedule === null) throw refuse("A silence needs an end, or hours that come back.");
    return;
  }
  if (endsAt <= now)
    throw refuse("The end lies in the past. Choose a later one, or end the silence instead.");
  if (endsAt <= startsAt) throw refuse("The end has to come after the beginning.");
}
