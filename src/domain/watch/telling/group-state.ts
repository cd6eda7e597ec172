import type { NotificationEvent } from "@/contracts/watch/notification";
import type { EffectiveRoute } from "./stages/route";
import type { TellableAlert } from "./stages/stage";

/** What a channel heard of an alert. */
export type Heard = {
  /** `waiting`: its message is not delivered yet. `lost`: the message was given up. */
  state: "waiting" | "heard" | "lost";
  /** By this group: which then also tells the end. */
  here: boolean;
  ended: boolean;
  atMs: number;
};

export type Member = {
  alert: TellableAlert;
  joinedAtMs: number;
  /** Another route has it now; only what this group told is ended here. */
  left: boolean;
  heard: Map<string, Heard>;
  /** When a channel last heard of it by an escalation. */
  escalatedMs: Map<string, number>;
};

/** A group as the stages look at it: plain data, read from the tables or kept by a simulation. */
export type GroupState = {
  id: string;
  /** The route's id and the values of its grouping labels: the order of groups that opened at the same moment. */
  place: string;
  /** Null: the policy does not have it any more. */
  route: EffectiveRoute | null;
  openedAtMs: number;
  /** When it last told of something new or over. */
  lastNewsAtMs: number | null;
  /** By channel: when it last heard what fires. */
  lastSaidMs: Map<string, number>;
  members: Map<string, Member>;
};

/** A message that a group has for a channel. */
export type Message = {
  channelId: string;
  event: NotificationEvent;
  firing: Member[];
  resolved: Member[];
  still: Member[];
  /** All that fire and the channel knows of, once it has this message. */
  firingCount: number;
};

/** Notes in the state what a message tells. */
export function hear(group: GroupState, message: Message, atMs: number, state: "waiting" | "heard"): void {
  const { channelId, event, firing, resolved, still } = message;
  for (const member of firing) {
    if (!member.heard.has(channelId)) {
      member.heard.set(channelId, { state, here: true, ended: false, atMs });
    }
  }
  for (const member of resolved) {
    const heard = member.heard.get(channelId);
    if (heard) heard.ended = true;
  }
  if (event === "escalation") {
    for (const member of [...firing, ...still]) member.escalatedMs.set(channelId, atMs);
  }
  if (event === "firing" || event === "resolved") group.lastNewsAtMs = atMs;
  if (event !== "resolved") group.lastSaidMs.set(channelId, atMs);
}

/** Every place in which an alert stands among these groups. */
export type Places = ReadonlyMap<string, readonly { group: GroupState; member: Member }[]>;

/**
 * The log of what was told is one: what a group tells a channel, no other group of the same alert tells it again. Note
 * it after each look, before the next group is looked at.
 */
export function tellOthers(
  places: Places,
  teller: GroupState,
  messages: readonly Message[],
  atMs: number,
  state: "waiting" | "heard",
): void {
  for (const { channelId, firing } of messages) {
    for (const { alert } of firing) {
      for (const { group, member } of places.get(alert.id) ?? []) {
        if (group === teller || member.heard.has(channelId)) continue;
        member.heard.set(channelId, { state, here: false, ended: false, atMs });
      }
    }
  }
}

/** The order in which groups that are due at the same moment are looked at: what one tells, the next one knows. */
export const byAge = (a: GroupState, b: GroupState): number =>
  a.openedAtMs - b.openedAtMs || (a.place < b.place ? -1 : 1);
