import type { GroupState, Member } from "./group-state";
import { Notes } from "./notes";
import { type DueStep, escalate } from "./stages/escalate";
import { newsDueMs } from "./stages/group";
import { holdOfEnding, holdOfFiring } from "./stages/hold";
import { deduplicate, namesOf, outbox } from "./stages/outbox";
import { targetsOf } from "./stages/route";
import { isOfMany } from "./stages/speaks-for";
import type { World } from "./stages/stage";

/** Whoever waits for a delivery is asked again after this, should the fact about it be missed. */
const deliveryAskedAgainMs = 60_000;

/** An alert and the channels that have to hear of it. */
export type Owed = { member: Member; channelIds: string[] };

/** What a group has to say at a moment, and when it is to be looked at next. */
export type Plan = {
  fresh: Owed[];
  endings: Owed[];
  escalations: { member: Member; step: DueStep }[];
  /** By channel: what is told again. */
  repeats: Map<string, Member[]>;
  notes: Notes;
  /** Over, and nobody waits to hear of it. */
  done: Member[];
  /** Nothing fires and nothing is owed. */
  over: boolean;
  /** Epoch ms; null: when something happens. */
  nextMs: number | null;
};

/** Runs the stages over a group. Changes nothing. */
export function planOf(group: GroupState, world: World, at: Date): Plan {
  const atMs = at.getTime();
  const targets = group.route ? targetsOf(group.route, world) : [];
  const dues: number[] = [];
  const notes = new Notes();
  const fresh: Owed[] = [];
  const endings: Owed[] = [];
  const nagging: Member[] = [];
  const done: Member[] = [];
  let firing = 0;
  let open = 0;
  let comingBackMs = Number.NEGATIVE_INFINITY;

  for (const member of group.members.values()) {
    if (member.alert.firing) {
      open++;
      if (member.left) continue;
      firing++;
      lookAtFiring(member);
    } else if (lookAtEnded(member)) open++;
    else done.push(member);
  }
  const ended = endings.filter(waitsForNobody);
  const news = fresh.length + ended.length > 0 ? newsDue() : Number.POSITIVE_INFINITY;
  const tellNews = news <= atMs;
  if (!tellNews) dues.push(news);
  const escalations = escalationsDue();
  const repeats = repeatsDue();
  const nextMs = dues.reduce((soonest, due) => Math.min(soonest, due), Number.POSITIVE_INFINITY);
  return {
    fresh: tellNews ? fresh : [],
    endings: tellNews ? ended : [],
    escalations,
    repeats,
    notes,
    done,
    over: open === 0,
    nextMs: Number.isFinite(nextMs) ? Math.max(nextMs, atMs) : null,
  };

  function lookAtFiring(member: Member): void {
    const { alert, heard } = member;
    const channelIds = targets.filter((id) => !heard.has(id));
    const nags = heard.size > 0 && !alert.acknowledged;
    if (channelIds.length === 0 && !nags) return;
    const hold = holdOfFiring(alert, group.route, world, at);
    if (hold) {
      if (channelIds.length > 0) notes.add(alert.id, hold);
      if (hold.again) dues.push(hold.again.getTime());
      if (hold.again && hold.stage === "inhibit") comingBackMs = Math.max(comingBackMs, hold.again.getTime());
      return;
    }
    if (channelIds.length > 0) fresh.push({ member, channelIds });
    else if (!targets.some((id) => heard.get(id)?.here)) {
      notes.add(alert.id, deduplicate(namesOf(targets, world.channels)));
    }
    if (nags) nagging.push(member);
  }

  /** Answers whether somebody still has to hear that it is over. */
  function lookAtEnded(member: Member): boolean {
    const { alert, heard } = member;
    if (heard.size === 0) notes.add(alert.id, outbox.unheard());
    const ready: string[] = [];
    let waiting = false;
    for (const [channelId, { state, here, ended }] of heard) {
      if (!here || ended || state === "lost" || !world.channels.has(channelId)) continue;
      if (state === "heard") ready.push(channelId);
      else waiting = true;
    }
    if (waiting) dues.push(atMs + deliveryAskedAgainMs);
    if (ready.length === 0) return waiting;
    const hold = holdOfEnding(alert, group.route, world, at);
    if (!hold) endings.push({ member, channelIds: ready });
    else {
      notes.add(alert.id, hold);
      if (hold.again) dues.push(hold.again.getTime());
    }
    return true;
  }

  /**
   * The end of what was about many agents waits for those of its group that may still come back, two minutes at
   * most: else people would read that all is well, and hear of who is not a whole interval later.
   */
  function waitsForNobody({ member }: Owed): boolean {
    return comingBackMs <= atMs || !isOfMany(member.alert.labels);
  }

  function newsDue(): number {
    const allClear = firing === 0;
    let first = Number.POSITIVE_INFINITY;
    let last = Number.NEGATIVE_INFINITY;
    for (const { member } of fresh) first = Math.min(first, member.joinedAtMs);
    for (const { member } of ended) {
      const endedMs = member.alert.resolvedAtMs ?? atMs;
      first = Math.min(first, endedMs);
      last = Math.max(last, endedMs);
    }
    const times = group.route ?? { waitMs: 0, intervalMs: 0 };
    return newsDueMs(times, group, { arrivedMs: allClear ? last : first, allClear }, atMs);
  }

  function escalationsDue(): Plan["escalations"] {
    const { route } = group;
    if (!route || route.escalation.length === 0) return [];
    const found: Plan["escalations"] = [];
    for (const member of nagging) {
      let toldAtMs = Number.POSITIVE_INFINITY;
      for (const { atMs } of member.heard.values()) toldAtMs = Math.min(toldAtMs, atMs);
      for (const step of escalate(route, { ...member, toldAtMs }, world)) {
        if (step.dueMs <= atMs) found.push({ member, step });
        else dues.push(step.dueMs);
      }
    }
    return found;
  }

  function repeatsDue(): Plan["repeats"] {
    const found: Plan["repeats"] = new Map();
    if (!group.route) return found;
    for (const channelId of targets) {
      let last = group.lastSaidMs.get(channelId) ?? Number.NEGATIVE_INFINITY;
      const again = nagging.filter(({ heard, joinedAtMs }) => {
        const told = heard.get(channelId);
        if (!told || told.state === "lost") return false;
        // What another group told is repeated there, unless it came over from there.
        if (!told.here && joinedAtMs <= told.atMs) return false;
        if (!told.here) last = Math.max(last, told.atMs);
        return true;
      });
      if (again.length === 0) continue;
      const dueMs = last + group.route.repeatMs;
      if (dueMs <= atMs) found.set(channelId, again);
      else dues.push(dueMs);
    }
    return found;
  }
}
