import { openCommandStates } from "@/contracts/fleet/command-states";
import type { CommandRow } from "./command-of";

/** More are under way on one instance only when agents take commands and never say how they went. */
const mostKnown = 10_000;

/**
 * What this instance last knew of commands under way. Only a guess, since others may have moved them since: whoever acts by
 * it asks the database in the same statement, and what is not here is looked up.
 */
export class KnownCommands {
  readonly #byId = new Map<string, CommandRow>();

  /** Remembers a command as long as it is open; of too many the oldest is forgotten. */
  keep(row: CommandRow): void {
    if (!openCommandStates.includes(row.state)) return;
    this.#byId.set(row.id, row);
    if (this.#byId.size <= mostKnown) return;
    for (const oldest of this.#byId.keys()) {
      this.#byId.delete(oldest);
      return;
    }
  }

  /** Answers it once: whoever moves it keeps what came of it. */
  take(id: string): CommandRow | undefined {
    const row = this.#byId.get(id);
    this.#byId.delete(id);
    return row;
  }
}
