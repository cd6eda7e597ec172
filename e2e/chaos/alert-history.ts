import { randomFrom } from "./seeded";

/** `+team/agent` fires, `-team/agent` is over; those of one line come at the same moment. Ms from the beginning. */
export type HistoryLine = { atMs: number; events: string[] };

export const line = (atMs: number, text: string): HistoryLine => ({ atMs, events: text.split(" ") });

/** Lines of the same moment in one, in order. */
export function merged(lines: HistoryLine[]): HistoryLine[] {
  const byTime = new Map<number, string[]>();
  for (const { atMs, events } of lines) byTime.set(atMs, [...(byTime.get(atMs) ?? []), ...events]);
  return [...byTime].sort(([a], [b]) => a - b).map(([atMs, events]) => ({ atMs, events }));
}

/** Three teams of four agents that fall and rise, each at most once a moment; at the last one everybody is well. */
export function randomHistory(seed: number, moments: number[]): HistoryLine[] {
  const random = randomFrom(seed);
  const firing = new Set<string>();
  const lines: HistoryLine[] = [];
  for (const [index, atMs] of moments.entries()) {
    const events: string[] = [];
    for (const team of ["a", "b", "c"]) {
      for (let agent = 0; agent < 4; agent++) {
        const name = `${team}-${seed}/agent-${agent}`;
        const dice = random();
        const changes = index === moments.length - 1 ? firing.has(name) : dice < 0.4;
        // All groups begin at the same moment: that is when Alertmanager's clock for them begins.
        if (!changes && !(index === 0 && agent === 0)) continue;
        events.push(`${firing.has(name) ? "-" : "+"}${name}`);
        if (!firing.delete(name)) firing.add(name);
      }
    }
    if (events.length > 0) lines.push({ atMs, events });
  }
  return lines;
}

/** What each message of a team's said: new ones, ended ones, or those told again. */
export type Decisions = Record<string, string[]>;

export type ToldMessage = { team: string; firing: string[]; resolved: string[]; still: string[] };

export function decisionsOf(messages: ToldMessage[]): Decisions {
  const decisions: Decisions = {};
  for (const { team, firing, resolved, still } of messages) {
    const marked = (mark: string, names: string[]) => [...names].sort().map((name) => `${mark}${name}`);
    const news = [...marked("+", firing), ...marked("-", resolved)];
    const words = news.length > 0 ? news : marked("=", still);
    decisions[team] = [...(decisions[team] ?? []), words.join(" ")];
  }
  return decisions;
}

/** Whom these decisions have told as firing and not as over. */
export function openAfter(decisions: Decisions): string[] {
  const open = new Set<string>();
  for (const word of Object.values(decisions).flatMap((messages) =>
    messages.flatMap((text) => text.split(" ")),
  )) {
    if (word.startsWith("+")) open.add(word.slice(1));
    if (word.startsWith("-")) open.delete(word.slice(1));
  }
  return [...open];
}
