import type { Alert } from "@/contracts/watch/alert";
import type { Ctx } from "@/domain/kernel";
import { type Decision, follow, type Seen, type Standing } from "../rules/decide";
import { flaps } from "../rules/decide-truth";
import type { RuleRow } from "../rules/view";
import type { Episode } from "./episode";
import { alertFrom, type Background } from "./fire";
import type { Ending } from "./resolve";
import { type AlertRow, alertOf } from "./view";

/** What is told of an alert, in the order in which it happened. */
export type AlertEvent =
  | { kind: "fired"; row: AlertRow; after: Alert }
  | { kind: "resolved"; alertId: string }
  | { kind: "flapping"; alertId: string; flapping: boolean };

/** What a batch comes to. Alerts that it begins are rows in memory, as they will be at its end. */
export class Outcome {
  readonly fired = new Map<string, AlertRow>();
  readonly endings = new Map<string, Ending>();
  readonly flaps = new Map<string, boolean>();
  readonly events: AlertEvent[] = [];
  readonly moved = new Set<Episode>();
  /** Alerts that began to recover, and those that recovered and came back. */
  readonly calmed = new Set<string>();
  readonly relapsed = new Set<string>();

  constructor(private readonly ctx: Pick<Ctx, "ids" | "account">) {}

  /** Rows to be written, more or less: what bounds a transaction. */
  get changes(): number {
    return this.events.length + this.moved.size;
  }

  /** Takes an episode through one observation, or, without one, through the time until `now`. */
  follow(rule: RuleRow, episode: Episode, seen: Seen | null, background: Background, now: Date): void {
    for (const step of follow(rule.draft, episode.standing, seen, now)) {
      const before = episode.standing;
      if (step.next !== before) this.moved.add(episode);
      episode.standing = step.next;
      this.act(rule, episode, before, step, background);
    }
  }

  /** The alert of an episode ends for a reason that no observation gave, and the episode is forgotten. */
  end(episode: Episode, resolution: string, at: Date): void {
    this.moved.add(episode);
    episode.standing = null;
    this.resolve(episode, resolution, null, at);
  }

  private act(
    rule: RuleRow,
    episode: Episode,
    before: Standing | null,
    step: Decision,
    background: Background,
  ): void {
    if (step.act === "fire" && step.next) {
      const row = alertFrom(this.ctx, rule, episode, step.next, background, step.at);
      this.fired.set(row.id, row);
      this.events.push({ kind: "fired", row, after: alertOf(row) });
      episode.alertId = row.id;
    } else if (step.act === "resolve") {
      this.resolve(episode, step.reason, background.agent?.status ?? null, step.at);
    }
    if (episode.alertId && before?.state === "firing" && step.next?.state === "recovering")
      this.calmed.add(episode.alertId);
    if (episode.alertId && before?.state === "recovering" && step.next?.state === "firing")
      this.relapsed.add(episode.alertId);
    this.flap(rule, episode, before, step);
  }

  private resolve(episode: Episode, resolution: string, status: Ending["status"], at: Date): void {
    const { alertId } = episode;
    episode.alertId = null;
    if (!alertId) return;
    const fresh = this.fired.get(alertId);
    if (fresh) {
      const resolvedAt = at > fresh.firedAt ? at : fresh.firedAt;
      Object.assign(fresh, { state: "resolved", resolvedAt, resolution, status: status ?? fresh.status });
    } else this.endings.set(alertId, { alertId, resolution, status, at });
    this.events.push({ kind: "resolved", alertId });
  }

  private flap({ draft }: RuleRow, episode: Episode, before: Standing | null, step: Decision): void {
    const { alertId } = episode;
    const didFlap = before !== null && flaps(draft, before);
    if (!alertId || didFlap === step.flapping) return;
    const fresh = this.fired.get(alertId);
    if (fresh) fresh.flapping = step.flapping;
    else this.flaps.set(alertId, step.flapping);
    this.events.push({ kind: "flapping", alertId, flapping: step.flapping });
  }
}
