import type { StoryNext } from "@/contracts/watch/story";
import type { GroupState, Member } from "@/domain/watch/telling/group-state";
import { escalate } from "@/domain/watch/telling/stages/escalate";
import { newsDueMs } from "@/domain/watch/telling/stages/group";
import { holdOfFiring } from "@/domain/watch/telling/stages/hold";
import { targetsOf } from "@/domain/watch/telling/stages/route";
import type { World } from "@/domain/watch/telling/stages/stage";

/**
 * What the telling does next about an alert that fires, in one of its groups, by the stages that decide in life: what
 * holds it, or whom it tells when, unless something happens before.
 */
export function nextTelling(group: GroupState, member: Member, world: World, at: Date): StoryNext[] {
  const { route } = group;
  const { alert, heard } = member;
  if (!route || !alert.firing || member.left) return [];
  const targets = targetsOf(route, world);
  const unheard = targets.filter((id) => !heard.has(id));
  const nags = heard.size > 0 && !alert.acknowledged;
  if (unheard.length === 0 && !nags) return [];
  const names = (ids: readonly string[]) => ids.map((id) => world.channels.get(id)?.name ?? id);
  const hold = holdOfFiring(alert, route, world, at);
  if (hold) {
    const { stage, reason, again } = hold;
    return [{ kind: "held", stage, reason, until: again?.toISOString() ?? null, channels: names(unheard) }];
  }
  const next: StoryNext[] = [];
  const add = (event: "firing" | "repeat" | "escalation", dueMs: number, ids: readonly string[]) => {
    const due = freeFrom(alert, route, world, new Date(Math.max(dueMs, at.getTime())));
    if (due) next.push({ kind: "telling", event, at: due.toISOString(), channels: names(ids) });
  };
  if (unheard.length > 0) {
    const arrived = { arrivedMs: member.joinedAtMs, allClear: false };
    add("firing", newsDueMs(route, group, arrived, at.getTime()), unheard);
  }
  if (!nags) return next;
  const toldAtMs = Math.min(...[...heard.values()].map(({ atMs }) => atMs));
  const [step] = escalate(route, { ...member, toldAtMs }, world).sort(
    (one, other) => one.dueMs - other.dueMs,
  );
  if (step) add("escalation", step.dueMs, step.channelIds);
  const repeat = nextRepeat(group, member, route.repeatMs, targets);
  if (repeat) add("repeat", repeat.dueMs, repeat.channelIds);
  return next;
}

/** Quiet hours and planned work may follow each other; who plans more than this holds it for good. */
const mostHolds = 10;

/** The first moment from `due` on at which nothing holds it, as far as is known now; null: something does for good. */
function freeFrom(
  alert: Member["alert"],
  route: NonNullable<GroupState["route"]>,
  world: World,
  due: Date,
): Date | null {
  let free: Date = due;
  for (let holds = 0; holds < mostHolds; holds++) {
    const hold = holdOfFiring(alert, route, world, free);
    if (!hold) return free;
    if (!hold.again) return null;
    free = hold.again;
  }
  return null;
}

/** The channels that are told again first, and when. */
function nextRepeat(
  group: GroupState,
  member: Member,
  repeatMs: number,
  targets: readonly string[],
): { dueMs: number; channelIds: string[] } | null {
  const dues = targets.flatMap((channelId) => {
    const told = member.heard.get(channelId);
    // What another group told is repeated there, unless it came over from there.
    if (!told || told.state === "lost" || (!told.here && member.joinedAtMs <= told.atMs)) return [];
    const lastMs = Math.max(group.lastSaidMs.get(channelId) ?? told.atMs, told.here ? 0 : told.atMs);
    return [{ channelId, dueMs: lastMs + repeatMs }];
  });
  if (dues.length === 0) return null;
  const dueMs = Math.min(...dues.map((due) => due.dueMs));
  // Messages of one look are written within moments of each other.
  const togetherMs = 1_000;
  return {
    dueMs,
    channelIds: dues.filter((due) => due.dueMs - dueMs < togetherMs).map(({ channelId }) => channelId),
  };
}
