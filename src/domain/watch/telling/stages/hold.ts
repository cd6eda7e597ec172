import { quietUntil } from "@/contracts/watch/window-times";
import { silencedBy } from "../silenced-by";
import { inhibit } from "./inhibit";
import type { EffectiveRoute } from "./route";
import { held, type TellableAlert, type Verdict, type World } from "./stage";

/** The stage: a silence or a maintenance window that fits. */
export function silence({ labels }: TellableAlert, { silences }: World, at: Date): Verdict | null {
  const found = silencedBy(silences, labels, at);
  if (!found) return null;
  const { kind, by, reason } = found.silence;
  return held(
    "silence",
    `${kind === "silence" ? "Silenced" : "Maintenance"} by ${by}: ${reason}`,
    found.until,
  );
}

/** The stage: somebody put this one off. */
export function snooze({ snoozedUntil, snoozedBy }: TellableAlert, at: Date): Verdict | null {
  if (!snoozedUntil || snoozedUntil <= at) return null;
  return held("snooze", `Snoozed by ${snoozedBy ?? "somebody"}`, snoozedUntil);
}

/** The stage: hours in which the rule or the route tells nobody. */
export function quietHours(
  { quiet }: Pick<TellableAlert, "quiet">,
  route: Pick<EffectiveRoute, "name" | "quiet"> | null,
  at: Date,
): Verdict | null {
  const ofRule = quietUntil(quiet, at);
  const ofRoute = quietUntil(route?.quiet ?? [], at);
  if (ofRule && (!ofRoute || ofRule >= ofRoute))
    return held("quiet-hours", "Quiet hours of the rule", ofRule);
  if (ofRoute) return held("quiet-hours", `Quiet hours of the route ${route?.name}`, ofRoute);
  return null;
}

/** The stage: whoever hears of it for the first time, or again, shall hear of trouble that is there. */
export function recovery({ recovering }: Pick<TellableAlert, "recovering">): Verdict | null {
  return recovering
    ? held("recovery", "Seems to be over: told if it comes back before it resolves", null)
    : null;
}

/** What holds the telling that an alert fires, in the order of the stages; null when nothing does. */
export function holdOfFiring(
  alert: TellableAlert,
  route: EffectiveRoute | null,
  world: World,
  at: Date,
): Verdict | null {
  return (
    inhibit(alert, world.inhibitions, at) ??
    silence(alert, world, at) ??
    snooze(alert, at) ??
    quietHours(alert, route, at) ??
    recovery(alert)
  );
}

/**
 * What holds the telling that an alert is over. Neither a snooze (it ends with the alert) nor an inhibition does: who
 * was told of the trouble shall not wait for another trouble to end.
 */
export function holdOfEnding(
  alert: TellableAlert,
  route: EffectiveRoute | null,
  world: World,
  at: Date,
): Verdict | null {
  return silence(alert, world, at) ?? quietHours(alert, route, at);
}
