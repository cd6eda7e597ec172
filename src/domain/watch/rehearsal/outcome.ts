import type { AlertRow } from "../alerts/view";
import type { Calm } from "../telling";

/** An alert as it would have been written, and when it recovered meanwhile. */
export type RehearsedAlert = AlertRow & { calms: Calm[] };

/** Alerts that are kept to count their messages; of more only their number is known. */
export const mostKept = 20_000;

/** What came of a rehearsal, gathered in bounded memory. */
export class Outcome {
  firings = 0;
  observations = 0;
  firingMs = 0;
  readonly subjects = new Set<string>();
  /** Alerts as they would have been written, in the order in which they ended. */
  readonly alerts: RehearsedAlert[] = [];
  /** Those that fired before the asked time: they count nothing, but what came later was gathered together with them. */
  readonly before: RehearsedAlert[] = [];

  constructor(private readonly from: Date) {}

  /** `end`: until when one that still fires is counted. */
  add(key: string, alert: RehearsedAlert, end: Date): void {
    if (alert.firedAt < this.from) {
      if (this.before.length < mostKept) this.before.push(alert);
      return;
    }
    this.firings += 1;
    this.firingMs += (alert.resolvedAt ?? end).getTime() - alert.firedAt.getTime();
    this.subjects.add(key);
    if (this.alerts.length < mostKept) this.alerts.push(alert);
  }
}
