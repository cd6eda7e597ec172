import type { LogLine } from "@/contracts/fleet/log-line";
import { type AskLines, linesBack } from "./lines-back";

/** Ids that are remembered, twice as many as one fetch can bring: the same line comes by the list and by the socket. */
const mostRemembered = 20_000;

const placeOf = ({ id }: LogLine) => Number(id);

/**
 * Lines of one agent out of two sources, the list and the socket, each shown once and in order: what comes by the
 * socket is held back from `hold` on, until `fill` has fetched what came before it.
 */
export class LineFeed {
  /** Null while lines are shown as they come. */
  #held: LogLine[] | null = [];
  /** Counts the calls of `hold`: a `fill` that began before the last one must not let go of what is held now. */
  #holds = 0;
  /** The newest line that was fetched or shown, and when it was written. */
  #through = { place: 0, at: "the beginning" };
  #known = new Set<string>();

  constructor(
    private readonly ask: AskLines,
    private readonly show: (line: LogLine) => void,
    /** Told when there were more lines than are fetched at once: between which moments they are missing. */
    private readonly tellCut: (after: string, before: string) => void,
  ) {}

  /** The newest lines to begin with: `count`, or all since a moment; with both, those of the newest `count`. */
  async begin(count: number | undefined, since: string): Promise<void> {
    const { lines, cut } = await linesBack(this.ask, (page) => !page.some(({ at }) => at >= since), count);
    const shown = lines.filter(({ at }) => at >= since);
    const [first] = shown;
    if (cut && count === undefined && first) this.tellCut(since, first.at);
    this.#pass(lines.at(-1));
    shown.forEach(this.#showOnce);
  }

  /** The connection is gone, or new: what comes waits for `fill`. */
  hold(): void {
    this.#held ??= [];
    this.#holds += 1;
  }

  /** Lines of the socket. */
  take(lines: readonly LogLine[]): void {
    if (this.#held) this.#held.push(...lines);
    else lines.forEach(this.#showOnce);
  }

  /** Fetches what came since the newest line, and shows it together with what was held back. */
  async fill(): Promise<void> {
    const holds = this.#holds;
    const { place, at } = this.#through;
    const { lines, cut } = await linesBack(this.ask, (page) => page.some((line) => placeOf(line) <= place));
    if (holds !== this.#holds) return;
    // What was held back may be older than the newest line shown, and new all the same; the list's older lines are not.
    const fresh = [...(this.#held ?? []), ...lines.filter((line) => placeOf(line) > place)];
    fresh.sort((left, right) => placeOf(left) - placeOf(right));
    const [first] = lines;
    if (cut && first) this.tellCut(at, first.at);
    this.#held = null;
    fresh.forEach(this.#showOnce);
  }

  #pass(line: LogLine | undefined): void {
    if (line && placeOf(line) > this.#through.place) this.#through = { place: placeOf(line), at: line.at };
  }

  #showOnce = (line: LogLine): void => {
    if (this.#known.has(line.id)) return;
    this.#known.add(line.id);
    if (this.#known.size > mostRemembered)
      for (const oldest of this.#known) if (this.#known.delete(oldest)) break;
    this.#pass(line);
    this.show(line);
  };
}
