import type { CommandMessage } from "@/contracts/wire/agent";
import { resultAfterTakeover } from "./actions";
import type { CommandResult, Journal } from "./journal";
import type { Link } from "./link";

export type CommandDoer = {
  /** Words for the step `running`; null for none. */
  beginning(command: CommandMessage): string | null;
  act(command: CommandMessage): Promise<CommandResult>;
  /** False once the program is to end, or has ended, for good: what is not begun is left to the next run. */
  mayBegin(command: CommandMessage): boolean;
  /** Its end was told, or could not be told now and is in the journal. */
  finished(command: CommandMessage, result: CommandResult): void;
};

const tooLate: CommandResult = {
  ok: false,
  message: "Not done: the program had ended, or was told to, before it could begin.",
};

/**
 * Does each command once. The order makes it so: the journal first, then `acknowledged` and its ok, then `started`
 * in the journal, then the deed, then `done` in the journal, then the news. Whatever is cut off in between is taken
 * up by the next supervisor from the journal; what the server sends again is answered from it.
 */
export class Commands {
  private readonly active = new Set<string>();
  private line: Promise<void> = Promise.resolve();

  constructor(
    private readonly journal: Journal,
    private readonly link: Link,
    private readonly doer: CommandDoer,
  ) {}

  /** What the supervisor before this one left open. */
  resume(): void {
    for (const { command, step } of this.journal.open) {
      if (step === "started") {
        this.journal.record({ command, step: "done", result: resultAfterTakeover(command.kind) });
      }
      this.receive(command);
    }
  }

  /** The server may send a command any number of times. */
  receive(command: CommandMessage): void {
    if (this.active.has(command.id)) return;
    this.active.add(command.id);
    this.line = this.line.then(async () => {
      await this.handle(command).catch(() => {});
      this.active.delete(command.id);
    });
  }

  private async handle(command: CommandMessage): Promise<void> {
    const known = this.journal.find(command.id);
    if (!known?.result && !this.doer.mayBegin(command)) return;
    if (!known) this.journal.record({ command, step: "acknowledged" });
    if (!(await this.permitted(command, known?.result))) return;
    // The answer may have taken until after the program's end: the next run begins it then.
    if (!known?.result && !this.doer.mayBegin(command)) return;
    if (known?.result) return this.tell(command, known.result);

    this.journal.record({ command, step: "started" });
    const message = this.doer.beginning(command);
    const running = await this.link.ask("command.update", { id: command.id, state: "running", message });
    if (running && !running.ok && (running.error.code === "expired" || running.error.code === "conflict")) {
      return this.refused(command, running.error.message);
    }
    // This answer, too, may have taken that long; but it was told to run, so it is told how that came out.
    const result = this.doer.mayBegin(command) ? await this.doer.act(command) : tooLate;
    this.journal.record({ command, step: "done", result });
    const told = this.tell(command, result);
    this.doer.finished(command, result);
    await told;
  }

  /** Asks the server whether it is still to be done: a command that expired on its way is not. */
  private async permitted(command: CommandMessage, result: CommandResult | undefined): Promise<boolean> {
    const answer = await this.link.insist("command.update", { id: command.id, state: "acknowledged" });
    if (answer?.ok) return true;
    if (!answer) return false;
    // Done already: the server may be beyond `acknowledged`, and still not know the end.
    if (result) return true;
    this.refused(command, answer.error.message);
    return false;
  }

  private refused(command: CommandMessage, why: string): void {
    this.journal.record({ command, step: "told", result: { ok: false, message: `Not done: ${why}` } });
  }

  private async tell(command: CommandMessage, result: CommandResult): Promise<void> {
    const state = result.ok ? "succeeded" : "failed";
    const update = { id: command.id, state, message: result.message.slice(0, 1_000) };
    if (await this.link.insist("command.update", update))
      this.journal.record({ command, step: "told", result });
  }
}
