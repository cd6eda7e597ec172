import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { systemClock } from "./clock";

const turnOver = () => new Promise<void>((resolve) => setImmediate(resolve));

/** Takes a process that nothing else wakes: this one is woken by its tests. */
const program = `
  import { systemClock } from ${JSON.stringify(new URL("./clock.ts", import.meta.url).href)};
  const ended = [];
  const nothing = (left) => {
    systemClock.setTimeout(() => {
      ended.push("nothing");
      if (left > 1) nothing(left - 1);
    }, 0);
  };
  setTimeout(() => {
    nothing(3);
    setTimeout(() => process.stdout.write([...ended, "a second"].join(", ")), 1_000);
  }, 1);`;

it("runs what waits for nothing although nothing else wakes the process", async () => {
  const run = promisify(execFile);
  const { stdout } = await run(process.execPath, ["--import", "tsx", "--input-type=module", "-e", program]);
  expect(stdout).toBe("nothing, nothing, nothing, a second");
});

it("runs it when this turn is over, in order, and not when it was called off", async () => {
  const ran: string[] = [];
  const off = systemClock.setTimeout(() => ran.push("called off"), 0);
  systemClock.setTimeout(() => ran.push("due"), 0);
  systemClock.setTimeout(() => ran.push("overdue"), -5);
  off.cancel();
  await Promise.resolve();
  expect(ran).toEqual([]);
  await turnOver();
  expect(ran).toEqual(["due", "overdue"]);
});
