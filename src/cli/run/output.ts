import type { Readable } from "node:stream";
import type { Backlog } from "./backlog";
import { type Directive, parseDirective } from "./directives";
import { LevelReader } from "./levels";
import { LineSplitter } from "./lines";

export type OutputSink = {
  backlog: Backlog;
  line(text: string, source: "stdout" | "stderr"): void;
  directive(directive: Directive): void;
  /** Lines have a way to go: only then is it worth making the program wait. */
  connected(): boolean;
};

/** The program waits when the backlog is this full, until it is this empty, but not longer than this at a time. */
const fullAt = 0.8;
const roomAt = 0.5;
const longestHoldMs = 2_000;
const lookEveryMs = 20;

/**
 * Reads one stream of the program. When it says more than the server takes, reading pauses and the program is slowed
 * down by its full pipe; never for long, and never while the server is away: then the oldest lines are dropped.
 */
export function readOutput(stream: Readable, source: "stdout" | "stderr", sink: OutputSink): void {
  const levels = new LevelReader();
  const splitter = new LineSplitter((text) => {
    const directive = source === "stdout" ? parseDirective(text) : undefined;
    if (directive) return sink.directive(directive);
    sink.backlog.push({ at: Date.now(), level: levels.read(text), message: text, source });
    sink.line(text, source);
  });

  const hold = () => {
    stream.pause();
    const until = performance.now() + longestHoldMs;
    const timer = setInterval(() => {
      const held = sink.connected() && sink.backlog.fullness > roomAt && performance.now() < until;
      if (held) return;
      clearInterval(timer);
      stream.resume();
    }, lookEveryMs);
  };

  stream.on("data", (chunk: Buffer) => {
    splitter.write(chunk);
    if (sink.backlog.fullness > fullAt && sink.connected() && !stream.isPaused()) hold();
  });
  stream.once("close", () => splitter.end());
  stream.on("error", () => {});
}
