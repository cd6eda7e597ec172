import type { Ctx } from "@/domain/kernel";
import { alertFrom } from "../alerts/fire";
import { pendingGraceMs } from "../alerts/pass-blindness";
import { type Observation, subjectKey } from "../observe/observation";
import { afterBlindness, type Decision, follow, type Standing } from "../rules/decide";
import type { RuleRow } from "../rules/view";
import type { Outcome, RehearsedAlert } from "./outcome";

type Open = {
  standing: Standing | null;
  alert: RehearsedAlert | null;
  /** What was seen last. */
  seen: Observation;
};

/**
 * Judges observations as life does, by the same functions, over states in memory instead of the table. Time passes by
 * the observations; what time alone moves is caught up with at the next look at its subject and at the end.
 */
export class Fold {
  private readonly open = new Map<string, Open>();

  constructor(
    private readonly ctx: Pick<Ctx, "ids" | "account">,
    private readonly rule: RuleRow,
    private readonly outcome: Outcome,
  ) {}

  see(seen: Observation): void {
    this.outcome.observations += 1;
    const key = subjectKey(seen.subject);
    const known = this.open.get(key);
    // Good news of one who is well are no news, and most of them are.
    if (!known && seen.truth === "good") return;
    const open: Open = known ?? { standing: null, alert: null, seen };
    open.seen = seen;
    this.take(key, open, follow(this.rule.draft, open.standing, seen, seen.at));
  }

  /** Subjects that are not simply well, of whom good news are news. */
  get openKeys(): Iterable<string> {
    return this.open.keys();
  }

  /** Nobody watched: nothing began or ended meanwhile. */
  wasBlind(blind: { from: Date; to: Date }): void {
    for (const [key, open] of this.open) {
      this.take(key, open, follow(this.rule.draft, open.standing, null, blind.from));
      if (open.standing) open.standing = afterBlindness(open.standing, blind, pendingGraceMs);
      if (!open.standing) this.open.delete(key);
    }
  }

  /** Lets time run to the end; what still fires is told of as firing. */
  end(at: Date): void {
    for (const [key, open] of this.open) {
      this.take(key, open, follow(this.rule.draft, open.standing, null, at));
      if (open.alert) this.outcome.add(key, open.alert, at);
    }
    this.open.clear();
  }

  private take(key: string, open: Open, steps: Decision[]): void {
    for (const { act, next, at, reason } of steps) {
      const was = open.standing?.state;
      open.standing = next;
      if (open.alert && next?.state === "recovering" && was === "firing")
        open.alert.calms.push({ from: at, to: null });
      const calm = open.alert?.calms.at(-1);
      if (calm && next?.state === "firing" && was === "recovering") calm.to = at;
      if (act === "fire" && next) {
        const { subject, agent, lastKnown } = open.seen;
        const agentId = agent?.id ?? null;
        const row = alertFrom(this.ctx, this.rule, { subject, agentId }, next, { agent, lastKnown }, at);
        open.alert = { ...row, calms: [] };
      } else if (act === "resolve" && open.alert) {
        const { alert, seen } = open;
        const status = seen.agent?.status ?? alert.status;
        const ended = { ...alert, state: "resolved" as const, resolvedAt: at, resolution: reason, status };
        this.outcome.add(key, ended, at);
        open.alert = null;
      }
    }
    if (open.standing) this.open.set(key, open);
    else this.open.delete(key);
  }
}
