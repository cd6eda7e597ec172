import type { BoardAlert } from "@/contracts/wire/board-fold";

/** Whether a firing alert waits for somebody: nobody has it, and it is not muted. */
export const asksForSomebody = ({ acknowledgedAt, muted }: BoardAlert): boolean =>
  acknowledgedAt === null && !muted;

/** Who has it, for a line that has room for a few words. */
export function takenBy({ acknowledgedBy, muted }: BoardAlert): string {
  if (acknowledgedBy) return `${acknowledgedBy} has it`;
  return muted ? "muted" : "nobody has it";
}
