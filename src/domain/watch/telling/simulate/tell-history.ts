import type { NotificationEvent } from "@/contracts/watch/notification";
import type { AlertPolicy } from "@/contracts/watch/policy";
import type { Severity } from "@/contracts/watch/rule";
import type { TimeWindow } from "@/contracts/watch/time-window";
import { byAge, type GroupState, type Member, type Message, type Places, tellOthers } from "../group-state";
import { lookAtGroup } from "../look";
import { matches } from "../matches";
import { mostComeBackMs } from "../stages/come-back";
import { groupKey, newsDueMs } from "../stages/group";
import { isReturn } from "../stages/inhibit";
import { type RoutedRule, routesOf } from "../stages/route";
import { type About, isOfMany } from "../stages/speaks-for";
import type { NamedSilence, OpenChannel, Source, TellableAlert, World } from "../stages/stage";
import { DueHeap } from "./due-heap";

/** An episode of the past, as far as telling looks at it. */
export type PastAlert = About & {
  id: string;
  severity: Severity;
  subjectName: string;
  ruleName: string;
  /** Its rule, when that names channels itself. */
  rule: RoutedRule | null;
  /** Quiet hours of its rule. */
  quiet: readonly TimeWindow[];
  /** When the trouble began. */
  since: Date;
  firedAt: Date;
  /** Null: it still fires at the end. */
  resolvedAt: Date | null;
  /** When it recovered meanwhile, in order. */
  calms: readonly Calm[];
};

/** A time in which an alert recovered; `to` null: until it resolved. */
export type Calm = { from: Date; to: Date | null };

export type History = {
  policy: AlertPolicy;
  /** Those that are switched on, in the order in which they were made. */
  channels: readonly OpenChannel[];
  silences?: readonly NamedSilence[];
  alerts: readonly PastAlert[];
  /** Nothing is told after this. */
  to: Date;
};

/** A message that would have left. Each would have arrived at once. */
export type PastMessage = {
  at: Date;
  channelId: string;
  routeId: string;
  key: string;
  event: NotificationEvent;
  /** Ids of the alerts that it tells of as new, over, and still firing. */
  firing: string[];
  resolved: string[];
  still: string[];
};

type Group = { state: GroupState; key: string; firing: number; flushMs: number | null };
/** `over`: it has resolved, and is forgotten once nobody has to come back any more. */
type PastSource = Source & { over: boolean };
type Happening = {
  atMs: number;
  alert: TellableAlert;
  past: PastAlert;
  what: "begins" | "recovers" | "relapses" | "ends";
};

/**
 * What would have been told of a history, by the same stages at the same times as in life: as if the notifier had
 * read every fact in the moment in which it came.
 */
export function tellHistory({ policy, channels, silences = [], alerts, to }: History): PastMessage[] {
  const inhibitions = policy.inhibitions
    .filter(({ enabled }) => enabled)
    .map((inhibition) => ({ inhibition, sources: [] as PastSource[] }));
  const world: World = { channels: new Map(channels.map((one) => [one.id, one])), silences, inhibitions };
  const open = new Map<string, Group>();
  const groupsOf = new Map<string, Group[]>();
  const due = new DueHeap<Group>();
  const told: PastMessage[] = [];
  const happenings = inOrder(alerts);

  let next = 0;
  for (;;) {
    const atMs = Math.min(happenings[next]?.atMs ?? Number.POSITIVE_INFINITY, due.soonest());
    if (atMs > to.getTime()) return told;
    const touched = new Set<Group>();
    let unmutes = false;
    for (; happenings[next]?.atMs === atMs; next++) {
      const happening = happenings[next] as Happening;
      if (happening.what === "begins") begin(happening, touched);
      else if (happening.what === "ends") unmutes = end(happening, touched) || unmutes;
      else unmutes = recover(happening) || unmutes;
    }
    for (const group of touched) planNews(group, atMs);
    if (unmutes) for (const group of open.values()) plan(group, atMs);
    const dueNow = new Set<Group>();
    while (due.soonest() <= atMs) {
      const one = due.take();
      if (one && one.item.flushMs === one.atMs) dueNow.add(one.item);
    }
    for (const group of [...dueNow].sort((a, b) => byAge(a.state, b.state))) look(group, atMs);
  }

  function begin({ alert, past, atMs }: Happening, touched: Set<Group>): void {
    alert.firing = true;
    for (const { inhibition, sources } of inhibitions) {
      if (!matches(inhibition.source, alert.labels)) continue;
      const { id, labels, watched, subjectName, ruleName } = alert;
      sources.push({
        id,
        labels,
        watched,
        title: `${subjectName}: ${ruleName}`,
        endedAtMs: null,
        lastBackAtMs: null,
        over: false,
      });
    }
    for (const route of routesOf(policy, alert.labels, past.rule)) {
      const key = groupKey(route.groupBy, alert.labels);
      const place = `${route.id} ${key}`;
      const group = open.get(place) ?? {
        key,
        firing: 0,
        flushMs: null,
        state: {
          id: place,
          place,
          route,
          openedAtMs: atMs,
          lastNewsAtMs: null,
          lastSaidMs: new Map(),
          members: new Map(),
        },
      };
      open.set(place, group);
      group.firing++;
      const member: Member = {
        alert,
        joinedAtMs: atMs,
        left: false,
        heard: new Map(),
        escalatedMs: new Map(),
      };
      group.state.members.set(alert.id, member);
      groupsOf.set(alert.id, [...(groupsOf.get(alert.id) ?? []), group]);
      touched.add(group);
    }
  }

  /** Answers whether others may be told while this one recovers. */
  function recover({ alert, atMs, what }: Happening): boolean {
    alert.recovering = what === "recovers";
    if (!alert.recovering) for (const group of groupsOf.get(alert.id) ?? []) plan(group, atMs);
    const endedAtMs = alert.recovering ? atMs : null;
    let mutes = false;
    for (const { sources } of inhibitions) {
      const place = sources.findIndex(({ id }) => id === alert.id);
      const source = sources[place];
      if (!source) continue;
      sources[place] = { ...source, endedAtMs };
      mutes = true;
    }
    return mutes && alert.recovering;
  }

  /** Answers whether others may be told now that this one is over. */
  function end({ alert, atMs }: Happening, touched: Set<Group>): boolean {
    alert.firing = false;
    alert.recovering = false;
    alert.resolvedAtMs = atMs;
    for (const group of groupsOf.get(alert.id) ?? []) {
      group.firing--;
      touched.add(group);
    }
    let unmutes = false;
    for (const { inhibition, sources } of inhibitions) {
      for (const [place, source] of sources.entries())
        if (isReturn(alert, { inhibition }, source)) sources[place] = { ...source, lastBackAtMs: atMs };
      if (!matches(inhibition.source, alert.labels)) continue;
      unmutes = true;
      const left = sources
        .map((source) => (source.id === alert.id ? { ...source, endedAtMs: atMs, over: true } : source))
        .filter(
          ({ labels, endedAtMs, over }) =>
            !over || (isOfMany(labels) && (endedAtMs ?? atMs) + mostComeBackMs > atMs),
        );
      sources.splice(0, sources.length, ...left);
    }
    return unmutes;
  }

  function planNews(group: Group, atMs: number): void {
    const { route } = group.state;
    if (!route) return;
    const dueMs = newsDueMs(route, group.state, { arrivedMs: atMs, allClear: group.firing === 0 });
    plan(group, Math.max(dueMs, atMs));
  }

  function plan(group: Group, atMs: number): void {
    if (group.flushMs !== null && group.flushMs <= atMs) return;
    group.flushMs = atMs;
    due.add(atMs, group);
  }

  function placesOf(messages: readonly Message[]): Places {
    const places = new Map<string, { group: GroupState; member: Member }[]>();
    for (const { alert } of messages.flatMap(({ firing }) => firing)) {
      const found = (groupsOf.get(alert.id) ?? []).flatMap(({ state }) => {
        const member = state.members.get(alert.id);
        return member ? [{ group: state, member }] : [];
      });
      places.set(alert.id, found);
    }
    return places;
  }

  function leave(alertId: string, group: Group): void {
    const left = (groupsOf.get(alertId) ?? []).filter((other) => other !== group);
    if (left.length > 0) groupsOf.set(alertId, left);
    else groupsOf.delete(alertId);
  }

  function look(group: Group, atMs: number): void {
    const at = new Date(atMs);
    const { state, key } = group;
    const { messages, done, closed, nextMs } = lookAtGroup(state, world, at, "heard");
    for (const { channelId, event, ...about } of messages) {
      const ids = (members: Member[]) => members.map(({ alert }) => alert.id);
      const [firing, resolved, still] = [ids(about.firing), ids(about.resolved), ids(about.still)];
      told.push({ at, channelId, routeId: state.route?.id ?? "", key, event, firing, resolved, still });
    }
    tellOthers(placesOf(messages), state, messages, atMs, "heard");
    for (const { alert } of done) leave(alert.id, group);
    if (closed) open.delete(state.id);
    group.flushMs = nextMs;
    if (nextMs !== null && !closed) due.add(nextMs, group);
  }
}

/** What happened, by time; at the same moment the ends come first, but none before its own beginning. */
function inOrder(alerts: readonly PastAlert[]): Happening[] {
  const happenings: Happening[] = [];
  for (const past of alerts) {
    const { since, firedAt, resolvedAt, calms } = past;
    const alert: TellableAlert = {
      ...past,
      firing: false,
      recovering: false,
      sinceMs: since.getTime(),
      resolvedAtMs: null,
      acknowledged: false,
      snoozedUntil: null,
      snoozedBy: null,
    };
    const add = (at: Date | null, what: Happening["what"]) =>
      at && happenings.push({ atMs: at.getTime(), alert, past, what });
    add(firedAt, "begins");
    for (const { from, to } of calms) {
      add(from, "recovers");
      add(to, "relapses");
    }
    add(resolvedAt, "ends");
  }
  return happenings.sort((a, b) => a.atMs - b.atMs || turnOf(a) - turnOf(b));
}

function turnOf({ what, past }: Happening): number {
  if (what !== "ends") return 1;
  return past.firedAt.getTime() === past.resolvedAt?.getTime() ? 2 : 0;
}
