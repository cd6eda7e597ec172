import { spawn } from "node:child_process";

/** The demo's processes, ended in the reverse order of their start. */
export class Children {
  #running = [];

  /** `onExit` hears of an end that nobody asked for. */
  start(label, command, { env = {}, cwd, stdio = "ignore", onExit = () => {} } = {}) {
    const [file, ...args] = command;
    // A group of its own: Ctrl-C reaches us alone, and we end the others in order.
    const child = spawn(file, args, { cwd, env: { ...process.env, ...env }, stdio, detached: true });
    const entry = { label, child, wanted: true };
    child.once("error", (error) => onExit(error.message));
    child.once("exit", (code, signal) => {
      if (entry.wanted) onExit(signal ?? `code ${code}`);
    });
    this.#running.push(entry);
    return child;
  }

  /** Ends those with `label`, together; by force after `graceMs`. */
  async end(label, graceMs = 15_000) {
    const ending = this.#running.filter((entry) => entry.label === label);
    await Promise.all(
      ending.map(async (entry) => {
        entry.wanted = false;
        const { child } = entry;
        if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
        const gone = new Promise((resolve) => child.once("exit", resolve));
        child.kill("SIGTERM");
        const timer = setTimeout(() => child.kill("SIGKILL"), graceMs);
        await gone;
        clearTimeout(timer);
      }),
    );
  }

  /** For an end in a hurry: nothing is left behind. */
  killAll() {
    for (const entry of this.#running) {
      entry.wanted = false;
      if (entry.child.exitCode === null && entry.child.signalCode === null) entry.child.kill("SIGKILL");
    }
  }
}
