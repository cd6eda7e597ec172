import { type ChildProcess, fork } from "node:child_process";
import { resolve } from "node:path";

/** A program of the benchmark in a process of its own, that takes orders. */
export class Child {
  private nextId = 1;
  private readonly waiting = new Map<number, { settle(answer: never): void; fail(error: Error): void }>();

  private constructor(
    readonly process: ChildProcess,
    private readonly name: string,
  ) {
    process.on("message", (message: { id?: number; answer?: never; failed?: string }) => {
      const asking = this.waiting.get(message.id ?? 0);
      if (!asking) return;
      this.waiting.delete(message.id ?? 0);
      if (message.failed) asking.fail(new Error(`${this.name}: ${message.failed}`));
      else asking.settle(message.answer as never);
    });
    process.on("exit", (code, signal) => {
      for (const { fail } of this.waiting.values()) fail(new Error(`${this.name} ended: ${code ?? signal}`));
    });
  }

  /** A load program: `fleet`, `watchers` or `clicks`. */
  static load(program: string): Child {
    return new Child(fork(resolve(`dist/bench/load/${program}.mjs`), { stdio: "inherit" }), program);
  }

  /** A floor of `bench/floors`, with the port that it listens on. */
  static async floor(program: string, args: string[] = []): Promise<Child & { port: number }> {
    const child = fork(resolve(`bench/floors/${program}.mjs`), args, { stdio: "inherit" });
    const port = await new Promise<number>((settle, fail) => {
      child.once("message", (message: { port: number }) => settle(message.port));
      child.once("exit", (code) => fail(new Error(`${program} ended with ${code}`)));
    });
    return Object.assign(new Child(child, program), { port });
  }

  get pid(): number {
    return this.process.pid ?? 0;
  }

  ask<Answer>(order: string, given: unknown = {}): Promise<Answer> {
    const id = this.nextId++;
    return new Promise((settle, fail) => {
      this.waiting.set(id, { settle, fail });
      this.process.send({ id, order, with: given });
    });
  }

  /** Ends it and waits until it is gone. */
  async end(signal: NodeJS.Signals = "SIGKILL"): Promise<void> {
    if (this.process.exitCode !== null || this.process.signalCode !== null) return;
    const gone = new Promise((settle) => this.process.once("exit", settle));
    this.process.kill(signal);
    await gone;
  }
}
