import type { WatchHealth } from "@/contracts/watch/dead-man";
import { formatDuration } from "../../format/duration";
import { countOf } from "../../format/quantity";
import type { StatusShapeName, StatusTone } from "../../status/status-words";

/** One thing that has to go well for an alert to be told, in words of who runs the server. */
export interface HealthPart {
  id: "evaluation" | "delivery" | "channels" | "outside";
  tone: StatusTone;
  shape: StatusShapeName;
  title: string;
  says: string;
  /** What to do about it, step by step; empty: nothing. */
  todo: readonly string[];
  link: { href: string; words: string } | null;
}

const fine = { tone: "online", shape: "idle", todo: [], link: null } as const;
const unknown = { tone: "unknown", shape: "unknown", todo: [], link: null } as const;
const late = { tone: "stuck", shape: "stuck", link: null } as const;

/** How far behind something is: "2 min 5 s behind"; below a second nobody cares how much. */
function behindWords(lagMs: number): string {
  return lagMs < 1_000 ? "less than a second behind" : `${formatDuration(lagMs)} behind`;
}

/** Until when everything is done that was to do: the moment of the answer, less what it lags behind. */
export function doneUntil(asOf: string, { lagMs }: WatchHealth["evaluation"]): Date | null {
  return lagMs === null ? null : new Date(Date.parse(asOf) - lagMs);
}

/** What waits to be sent: "nothing waits to be sent", "3 messages wait, the oldest for 2 min 5 s". */
export function backlogWords({ backlog, oldestMs }: WatchHealth["delivery"]): string {
  if (backlog === 0) return "nothing waits to be sent";
  const since = oldestMs === null ? "" : `, the oldest for ${formatDuration(oldestMs)}`;
  return `${countOf(backlog, "message")} ${backlog === 1 ? "waits" : "wait"} to be sent${since}`;
}

const sentence = (words: string) => `${words[0]?.toUpperCase()}${words.slice(1)}.`;

function evaluationPart({ evaluation }: WatchHealth): HealthPart {
  const id = "evaluation";
  if (evaluation.lagMs === null) {
    const says = "The server has just started, or no instance does the watching.";
    return { id, ...unknown, title: "No rule was evaluated yet", says };
  }
  const says = sentence(behindWords(evaluation.lagMs));
  if (!evaluation.late) return { id, ...fine, title: "Rules are evaluated in time", says };
  return {
    id,
    ...late,
    title: "Rules are evaluated late",
    says: `${says} Alerts begin that much later. None is lost: what waits is judged in its order.`,
    todo: [
      "Look at the load of the server and of its database. A lag that grows has more to judge than time to do it.",
      "The log of the server names the slow part; mc_evaluation_lag_seconds on /metrics shows when it began.",
      "A rule on a metric of the whole fleet costs most: give it a narrower scope, or switch it off for now.",
    ],
  };
}

function deliveryPart({ delivery, broken }: WatchHealth): HealthPart {
  const id = "delivery";
  if (delivery.lagMs === null) {
    const says = "The server has just started, or no instance does the telling.";
    return { id, ...unknown, title: "Nothing was told yet", says };
  }
  const says = `${sentence(behindWords(delivery.lagMs))} ${sentence(backlogWords(delivery))}`;
  const link = { href: "/alerts/deliveries?state=pending", words: "See what waits" };
  if (!delivery.late) {
    return { id, ...fine, title: "Messages leave in time", says, link: delivery.backlog > 0 ? link : null };
  }
  return {
    id,
    ...late,
    title: "Messages leave late",
    says: `${says} They go out in their order as soon as they can.`,
    todo: [
      broken.length > 0
        ? `Mend ${broken.join(", ")} first: what goes there waits until it answers.`
        : "Look in the delivery log which channel the oldest message waits for: one that answers slowly holds up its own.",
      "Look at the load of the server and of its database, and at its way out: a proxy or name service that hangs delays all.",
      "The log of the server names the slow part; mc_delivery_lag_seconds on /metrics shows when it began.",
    ],
    link,
  };
}

function channelsPart({ broken }: WatchHealth): HealthPart {
  const id = "channels";
  const link = { href: "/settings/channels", words: "Open the channels" };
  if (broken.length === 0) {
    return { id, ...fine, title: "Every channel takes messages", says: "None is left alone after failures." };
  }
  return {
    id,
    tone: "offline",
    shape: "offline",
    title: `Messages don't arrive at ${broken.join(", ")}`,
    says: "After failures in a row a channel is left alone for a while, then tried with one message. What waits goes out by itself once it answers.",
    todo: [
      "Read the last answer, mend the address, and send a test.",
      "What was given up meanwhile stands in the delivery log and can be sent again.",
    ],
    link,
  };
}

function outsidePart({ deadMan: { enabled, last, held } }: WatchHealth): HealthPart {
  const id = "outside";
  if (!enabled) {
    return {
      id,
      ...unknown,
      title: "Nobody outside would notice if this server stopped",
      says: "A server that is down tells nobody. The dead-man ping lets a service outside miss it.",
    };
  }
  if (held) {
    return {
      id,
      ...late,
      title: "The dead-man ping is held",
      says: `${held} The service outside raises its alarm if this goes on, as it should.`,
      todo: ["Mend what is late above. The ping goes on by itself after the next whole turn."],
    };
  }
  if (last && !last.ok) {
    return {
      id,
      ...late,
      title: "The dead-man ping is not taken",
      says: "It is tried again every ten seconds. The service outside may raise its alarm although all is well.",
      todo: [
        "Send a test ping and read the answer. An address in a private network has to be allowed by MC_OUTBOUND_ALLOW.",
      ],
    };
  }
  const says = last ? "If the pings stop, it raises the alarm." : "The first one leaves within seconds.";
  return { id, ...fine, title: "A service outside hears that we watch", says };
}

/** Everything that has to go well, in the order in which an alert passes it. */
export function healthParts(health: WatchHealth): HealthPart[] {
  return [evaluationPart(health), deliveryPart(health), channelsPart(health), outsidePart(health)];
}
