import type { Verdict } from "./stages/stage";

/** Verdicts for many alerts at once: those that read the same are kept once. */
export class Notes {
  private readonly byText = new Map<string, { verdict: Verdict; alertIds: string[] }>();

  add(alertId: string, verdict: Verdict): void {
    const { stage, outcome, reason, until } = verdict;
    const key = `${stage} ${outcome} ${until?.getTime() ?? ""} ${reason}`;
    const known = this.byText.get(key);
    if (known) known.alertIds.push(alertId);
    else this.byText.set(key, { verdict, alertIds: [alertId] });
  }

  merge(other: Notes): void {
    for (const { verdict, alertIds } of other.all()) for (const id of alertIds) this.add(id, verdict);
  }

  /** In the order in which each was said first. */
  all(): { verdict: Verdict; alertIds: string[] }[] {
    return [...this.byText.values()];
  }
}
