import type { CommandUpdate } from "@/contracts/wire/agent";
import { type Ctx, changeAtOnce } from "@/domain/kernel";
import type { CommandRow } from "./command-of";
import { mayMove, moveFact } from "./move-command";
import { changeOf } from "./report-command";
import { statusEventOf } from "./status-effect";

/**
 * The plain course of `reportCommand` in one statement: a command that is still where this instance left it goes one state
 * further, and nothing else follows. Answers the row as it is now; null when nothing has happened, because it is not so.
 */
export async function reportKnown(
  ctx: Ctx,
  row: CommandRow,
  report: CommandUpdate,
): Promise<CommandRow | null> {
  const now = ctx.clock.now();
  if (row.agentId !== ctx.actor.id || row.accountId !== ctx.account) return null;
  if (!mayMove(row.state, report.state) || statusEventOf(row, report.state, now)) return null;
  const change = changeOf(row, report, now);
  const time = (moment: Date | null | undefined) => moment?.toISOString() ?? null;
  const moved = await changeAtOnce(
    ctx,
    (sql) => sql`
      update commands set state = ${report.state},
        acknowledged_at = coalesce(${time(change.acknowledgedAt)}::timestamptz, acknowledged_at),
        running_at = coalesce(${time(change.runningAt)}::timestamptz, running_at),
        finished_at = coalesce(${time(change.finishedAt)}::timestamptz, finished_at),
        run_deadline_at = coalesce(${time(change.runDeadlineAt)}::timestamptz, run_deadline_at),
        progress = coalesce(${change.progress ?? null}::float8, progress),
        message = coalesce(${change.message ?? null}, message)
      where id = ${row.id} and state = ${row.state}
        and (state <> 'sent' or deadline_at > ${now.toISOString()}::timestamptz)
      returning id`,
    [moveFact(row, report.state, change)],
  );
  return moved ? { ...row, ...change, state: report.state } : null;
}
