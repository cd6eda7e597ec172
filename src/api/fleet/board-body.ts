import { movingColumns } from "@/contracts/wire/board-codec";
import type { Snapshot } from "@/contracts/wire/browser";
import { type StartedText, TextStart } from "@/platform/web/started-text";

/** By a column that is in them: those that only facts change are made together, and made anew together. */
const starts = new WeakMap<object, TextStart>();
const moving = new Set<string>(movingColumns);

/**
 * The JSON of a snapshot. Its start, which is most of it, stays as it is until a fact changes an agent: that is written
 * and compressed once, not for each of a hundred browsers that come back.
 */
export function boardBody({ words, columns, ...others }: Snapshot): StartedText {
  const entries = Object.entries(columns);
  const told = Object.fromEntries(entries.filter(([name]) => !moving.has(name)));
  const rest = Object.fromEntries(entries.filter(([name]) => moving.has(name)));
  const key = columns.name ?? columns;
  let start = starts.get(key);
  if (!start) {
    start = new TextStart(`{"words":${JSON.stringify(words)},"columns":${open(told)}`);
    starts.set(key, start);
  }
  return { start, rest: `${within(rest)},${within(others)}` };
}

/** An object's JSON without its last brace, ready for more. */
const open = (part: object) => `${JSON.stringify(part).slice(0, -1)},`;
/** And without its first. */
const within = (part: object) => JSON.stringify(part).slice(1);
