import { openCommandStates } from "@/contracts/fleet/command-states";
import type { ProgressSignal } from "@/contracts/signals";
import type { Change } from "@/contracts/wire/browser";
import type { Picture } from "./picture";

/**
 * What agents say of commands that go on, folded into the picture. However often one speaks, a frame tells its latest
 * word once. A word that is faster than the fact of its command, or of the state that it is of, waits for that fact.
 */
export class HeardProgress {
  readonly #early = new Map<string, ProgressSignal>();
  /** Changes of the frame that is being made; the next word of the same command replaces what they tell. */
  #untold = new Map<string, Change>();

  /** An agent said something. Answers what is new in the frame. */
  heard(picture: Picture, signal: ProgressSignal): Change[] {
    const { id, state, progress, message } = signal;
    const command = picture.commands.get(id);
    if (command && !openCommandStates.includes(command.state)) return [];
    if (command?.state !== state) {
      this.#early.set(id, signal);
      return [];
    }
    const patch = { progress, message };
    picture.commands.set(id, { ...command, ...patch });
    const untold = this.#untold.get(id);
    if (untold) {
      untold.patch = patch;
      return [];
    }
    const change: Change = { kind: "command", id, patch, factSeq: 0 };
    this.#untold.set(id, change);
    return [change];
  }

  /** A fact moved a command: what is said next comes after it, and what was said of its new state is folded over it. */
  moved(picture: Picture, id: string): Change[] {
    this.#untold.delete(id);
    const early = this.#early.get(id);
    this.#early.delete(id);
    return early ? this.heard(picture, early) : [];
  }

  /** The frame has left. */
  told(): void {
    if (this.#untold.size > 0) this.#untold = new Map();
  }
}
