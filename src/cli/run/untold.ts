import { z } from "zod";
import {
  type AgentActivity,
  activitySchema,
  agentAuthSchema,
  agentLogLineSchema,
} from "@/contracts/wire/agent";
import { bytesOf, standardLimits } from "./backlog";

/** How a session ended; `at` by this machine's clock. */
const endSchema = z.object({
  at: z.number(),
  reason: z.string(),
  exitCode: z.number().nullable(),
  signal: z.string().nullable(),
});
export type SessionEnd = z.infer<typeof endSchema>;

const identitySchema = agentAuthSchema.omit({ key: true, protocol: true, endedAt: true });
export type SessionIdentity = z.infer<typeof identitySchema>;

/** What a session that is over could not tell, and to whom: another server or agent must not get it. */
export const untoldSchema = z.object({
  url: z.string(),
  /** Null when it never connected. */
  agentId: z.string().nullable(),
  identity: identitySchema,
  end: endSchema,
  lines: z.array(agentLogLineSchema),
  dropped: z.number().int().nonnegative(),
  activities: z.array(activitySchema),
});
export type Untold = z.infer<typeof untoldSchema>;

export type UntoldLimits = { sessions: number; lines: number; bytes: number };
/** As much as the backlog of one run, over all runs; an end takes little, so there may be many. */
export const untoldLimits: UntoldLimits = {
  sessions: 100,
  lines: standardLimits.lines,
  bytes: standardLimits.bytes,
};

/** What did not fit. */
export type Lost = { lines: number; activities: number; ends: number };

/**
 * The newest that fit: first every end, then crashes, then what else happened, then lines; of each the oldest go first.
 * Lines that go are counted in `dropped`, which the server is told.
 */
export function withinLimits(
  sessions: readonly Untold[],
  limits: UntoldLimits = untoldLimits,
): { kept: Untold[]; lost: Lost } {
  const gone = sessions.slice(0, Math.max(0, sessions.length - limits.sessions));
  const kept = sessions.slice(gone.length);
  const lost: Lost = {
    ends: gone.length,
    lines: gone.reduce((sum, { lines }) => sum + lines.length, 0),
    activities: gone.reduce((sum, { activities }) => sum + activities.length, 0),
  };
  const happened = kept.flatMap(({ activities }) => activities).toReversed();
  const fitting = new Set<AgentActivity>();
  let bytes = limits.bytes;
  for (const activity of happened.toSorted((one, other) => rankOf(one) - rankOf(other))) {
    bytes -= Buffer.byteLength(JSON.stringify(activity));
    // Nor does anything older, or of less weight.
    if (bytes < 0) break;
    fitting.add(activity);
  }
  lost.activities += happened.length - fitting.size;
  let room = limits.lines;
  const cut = kept.toReversed().map((session) => {
    const activities = session.activities.filter((activity) => fitting.has(activity));
    let from = session.lines.length;
    for (let line = session.lines[from - 1]; line && room > 0; line = session.lines[from - 1]) {
      bytes -= bytesOf(line);
      // Once one does not fit, no older one does: a gap in the middle would be worse than a missing beginning.
      if (bytes < 0) room = 0;
      else {
        room -= 1;
        from -= 1;
      }
    }
    lost.lines += from;
    return { ...session, activities, lines: session.lines.slice(from), dropped: session.dropped + from };
  });
  return { kept: cut.toReversed(), lost };
}

const rankOf = ({ kind }: AgentActivity) => (kind === "crashed" ? 0 : 1);

/** "1 line and the end", "40 lines, 3 entries of the timeline and the ends of 3 runs". */
export function untoldWords(lines: number, ends: number, activities = 0): string {
  const words = [
    lines > 0 ? `${lines} ${lines === 1 ? "line" : "lines"}` : "",
    activities > 0 ? `${activities} ${activities === 1 ? "entry" : "entries"} of the timeline` : "",
    ends === 1 ? "the end" : ends > 1 ? `the ends of ${ends} runs` : "",
  ].filter(Boolean);
  return [words.slice(0, -1).join(", "), ...words.slice(-1)].filter(Boolean).join(" and ");
}
