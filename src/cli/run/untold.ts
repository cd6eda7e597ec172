import { z } from "zod";
import { activitySchema, agentAuthSchema, agentLogLineSchema } from "@/contracts/wire/agent";
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
export type Lost = { lines: number; ends: number };

/**
 * The newest that fit: an end and what happened come before lines, and of lines the oldest go first. Lines that go are
 * counted in `dropped`, which the server is told.
 */
export function withinLimits(
  sessions: readonly Untold[],
  limits: UntoldLimits = untoldLimits,
): { kept: Untold[]; lost: Lost } {
  const gone = sessions.slice(0, Math.max(0, sessions.length - limits.sessions));
  const kept = sessions.slice(gone.length);
  const lost: Lost = { ends: gone.length, lines: gone.reduce((sum, { lines }) => sum + lines.length, 0) };
  let room = limits.lines;
  let bytes = limits.bytes - kept.reduce((sum, { activities }) => sum + JSON.stringify(activities).length, 0);
  const cut = kept.toReversed().map((session) => {
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
    return { ...session, lines: session.lines.slice(from), dropped: session.dropped + from };
  });
  return { kept: cut.toReversed(), lost };
}

/** "1 line and the end", "40 lines and the ends of 3 runs". */
export function untoldWords(lines: number, ends: number): string {
  const words = [
    lines > 0 ? `${lines} ${lines === 1 ? "line" : "lines"}` : "",
    ends === 1 ? "the end" : ends > 1 ? `the ends of ${ends} runs` : "",
  ];
  return words.filter(Boolean).join(" and ");
}
