import type { NotificationEvent } from "@/contracts/watch/notification";
import { type GroupState, hear, type Member, type Message } from "./group-state";
import type { Notes } from "./notes";
import { type Plan, planOf } from "./plan";
import { escalated, namesOf, outbox, throttle } from "./stages/outbox";
import type { World } from "./stages/stage";

/** What became of a look at a group. */
export type Look = {
  /** At most one a channel, in the order of the channels. */
  messages: Message[];
  notes: Notes;
  /** Alerts that the group has nothing more to say about. */
  done: Member[];
  closed: boolean;
  /** Epoch ms; null: when something happens. */
  nextMs: number | null;
  /** Steps of the escalation that this look has taken, counted from the first. */
  escalatedSteps: number;
};

type Draft = {
  firing: Set<Member>;
  resolved: Set<Member>;
  still: Set<Member>;
  escalated: boolean;
};

/**
 * Looks at a group: says what is due, notes it in the state, and plans the next look. `state` is what becomes of a
 * message at once: in life it waits for its delivery, in a simulation it has arrived.
 */
export function lookAtGroup(group: GroupState, world: World, at: Date, state: "waiting" | "heard"): Look {
  const plan = planOf(group, world, at);
  const messages = messagesOf(group, plan, world);
  noteWhatIsTold(plan, group, messages, world);
  for (const message of messages) hear(group, message, at.getTime(), state);
  for (const member of plan.done) group.members.delete(member.alert.id);
  const after = messages.length > 0 ? planOf(group, world, at) : plan;
  const done = messages.length > 0 ? [...plan.done, ...after.done] : plan.done;
  for (const member of after.done) group.members.delete(member.alert.id);
  return {
    messages,
    notes: plan.notes,
    done,
    closed: after.over,
    nextMs: after.over ? null : later(after.nextMs, at),
    escalatedSteps: plan.escalations.reduce((most, { step }) => Math.max(most, step.step + 1), 0),
  };
}

/** What is due is done, so the next look lies ahead; a defect must cost a delay, not a loop without end. */
const later = (nextMs: number | null, at: Date) =>
  nextMs !== null && nextMs <= at.getTime() ? at.getTime() + 1_000 : nextMs;

function messagesOf(group: GroupState, plan: Plan, world: World): Message[] {
  const drafts = new Map<string, Draft>();
  const draftFor = (channelId: string): Draft => {
    const known = drafts.get(channelId);
    if (known) return known;
    const made: Draft = { firing: new Set(), resolved: new Set(), still: new Set(), escalated: false };
    drafts.set(channelId, made);
    return made;
  };
  for (const { member, channelIds } of plan.fresh) {
    for (const id of channelIds) draftFor(id).firing.add(member);
  }
  for (const { member, channelIds } of plan.endings) {
    for (const id of channelIds) draftFor(id).resolved.add(member);
  }
  for (const { member, step } of plan.escalations) {
    for (const id of step.channelIds) {
      const draft = draftFor(id);
      draft.escalated = true;
      if (member.heard.has(id)) draft.still.add(member);
      else draft.firing.add(member);
    }
  }
  for (const [channelId, members] of plan.repeats) {
    const draft = draftFor(channelId);
    if (draft.firing.size > 0 || draft.escalated) continue;
    for (const member of members) draft.still.add(member);
  }
  const order = [...world.channels.keys()];
  return [...drafts]
    .sort(([a], [b]) => order.indexOf(a) - order.indexOf(b))
    .map(([channelId, draft]) => ({
      channelId,
      event: eventOf(draft),
      firing: [...draft.firing],
      resolved: [...draft.resolved],
      still: [...draft.still],
      firingCount: knownFiring(group, channelId, draft.firing),
    }));
}

function eventOf({ escalated, firing, still }: Draft): NotificationEvent {
  if (escalated) return "escalation";
  if (firing.size > 0) return "firing";
  return still.size > 0 ? "repeat" : "resolved";
}

function knownFiring(group: GroupState, channelId: string, fresh: Set<Member>): number {
  let count = 0;
  for (const member of group.members.values()) {
    if (!member.alert.firing || member.left) continue;
    const heard = member.heard.get(channelId);
    if (fresh.has(member) || (heard && heard.state !== "lost")) count++;
  }
  return count;
}

/** What the stories of the alerts say of this look. */
function noteWhatIsTold(plan: Plan, group: GroupState, messages: Message[], { channels }: World): void {
  const { notes } = plan;
  const names = (ids: readonly string[]) => namesOf(ids, channels);
  for (const { member, channelIds } of plan.fresh) {
    notes.add(member.alert.id, outbox.told(names(channelIds)));
    for (const id of channelIds) {
      const channel = channels.get(id);
      if (channel?.perMinute) notes.add(member.alert.id, throttle(channel));
    }
  }
  for (const { member, channelIds } of plan.endings) {
    notes.add(member.alert.id, outbox.ended(names(channelIds)));
  }
  for (const { member, step } of plan.escalations) {
    notes.add(member.alert.id, escalated(names(step.channelIds), step.afterMs));
  }
  const repeated = new Map<Member, string[]>();
  for (const { event, channelId, still } of messages) {
    if (event !== "repeat") continue;
    for (const member of still) repeated.set(member, [...(repeated.get(member) ?? []), channelId]);
  }
  for (const [member, ids] of repeated) {
    notes.add(member.alert.id, outbox.repeated(names(ids), group.route?.repeatMs ?? 0));
  }
}
