import type { WatchHealth } from "@/contracts/watch/dead-man";
import { countOf } from "../../format/quantity";

/** What became of messages to a channel that fails: what waits goes out by itself, what was given up does not. */
export function undeliveredWords({ waiting, givenUp }: WatchHealth["undelivered"]): string {
  if (waiting === 0 && givenUp === 0) return "No message waits.";
  if (waiting === 0) return `${givenUpWords(givenUp)}; none waits.`;
  const waits = `${countOf(waiting, "message")} ${waiting === 1 ? "waits and goes" : "wait and go"} out once it works again`;
  return givenUp === 0 ? `${waits}.` : `${waits}; ${givenUp} ${were(givenUp)} given up.`;
}

/** "2 messages were given up". */
export function givenUpWords(givenUp: number): string {
  return `${countOf(givenUp, "message")} ${were(givenUp)} given up`;
}

const were = (count: number) => (count === 1 ? "was" : "were");
