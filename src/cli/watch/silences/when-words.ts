import type { Silence } from "@/contracts/watch/silence";

type When = Pick<Silence, "state" | "endedAt" | "endsAt" | "activeUntil" | "nextAt">;

/** When it keeps quiet, or that it does so no longer. */
export function whenWords({ state, endedAt, endsAt, activeUntil, nextAt }: When): string {
  if (state === "ended") return `ended ${endedAt ?? endsAt}`;
  if (state === "active") return activeUntil ? `quiet until ${activeUntil}` : "quiet until somebody ends it";
  return nextAt ? `from ${nextAt}` : "none of its hours is left";
}
