import { afterEach, expect, it } from "vitest";
import { eventually } from "@/testing/eventually";
import { Backoff } from "./backoff";
import type { Exit } from "./child";
import { processIdentity } from "./processes";
import { ResourceMeter } from "./resources";
import { type RestartPolicy, Supervisor } from "./supervisor";

const open: Supervisor[] = [];
afterEach(async () => {
  for (const supervisor of open.splice(0)) await supervisor.stop(0);
});

/** A supervisor of a real program, written as source for `node -e`. */
function supervise(source: string, policy: RestartPolicy = "on-failure", command?: string[]) {
  const seen = {
    activities: [] as string[],
    output: "",
    started: [] as number[],
    finished: null as Exit | null,
  };
  const supervisor = new Supervisor(
    {
      command: command ?? [process.execPath, "-e", source],
      env: process.env,
      policy,
      graceMs: 5_000,
      backoff: new Backoff(5, 20),
    },
    {
      starting: () => ({}),
      started(child) {
        seen.started.push(child.pid);
        child.stdout.on("data", (chunk: Buffer) => {
          seen.output += chunk;
        });
        child.stderr.resume();
      },
      down() {},
      activity: (kind, title) => seen.activities.push(`${kind}: ${title}`),
      finished(exit) {
        seen.finished = exit;
      },
    },
  );
  open.push(supervisor);
  return { supervisor, seen };
}
const forever = "console.log('up'); setInterval(() => {}, 1000)";
const stubborn = "process.on('SIGTERM', () => {}); console.log('up'); setInterval(() => {}, 1000)";

it("starts a crashed program again, and tells code and signal", async () => {
  const { supervisor, seen } = supervise("setTimeout(() => process.exit(3), 5)");
  await supervisor.start();
  await eventually(() => seen.started.length >= 3);
  expect(seen.activities).toContain("crashed: Crashed with code 3");
  expect(seen.activities).toContain("restarted: Started again by its supervisor");
});

it("starts nothing when it is told to stop while a restart waits for the old process", async () => {
  const { supervisor, seen } = supervise(
    "process.on('SIGTERM', () => setTimeout(() => process.exit(0), 100)); console.log('up'); setInterval(() => {}, 1000)",
  );
  await supervisor.start();
  await eventually(() => seen.output.includes("up"));
  const restarting = supervisor.restart();
  await supervisor.stop();
  expect(await restarting).toMatchObject({
    ok: false,
    message: expect.stringContaining("stopped meanwhile"),
  });
  expect(seen.started).toHaveLength(1);
  expect(supervisor.child).toBeNull();
});

it("starts nothing once it is closed, be the restart older or newer", async () => {
  const { supervisor, seen } = supervise(
    "process.on('SIGTERM', () => setTimeout(() => process.exit(0), 100)); console.log('up'); setInterval(() => {}, 1000)",
  );
  await supervisor.start();
  await eventually(() => seen.output.includes("up"));
  const older = supervisor.restart();
  const closing = supervisor.close();
  const newer = supervisor.restart();
  expect(await closing).toMatchObject({ code: 0 });
  for (const restart of [older, newer, supervisor.restart()]) {
    expect(await restart).toMatchObject({ ok: false, message: expect.stringContaining("stopped meanwhile") });
  }
  await expect(supervisor.start()).rejects.toThrow("its supervisor ends");
  expect(seen.started).toHaveLength(1);
});

it("leaves a program that ended well alone, unless told always", async () => {
  const once = supervise("process.exit(0)");
  await once.supervisor.start();
  await eventually(() => once.seen.finished);
  expect(once.seen.finished).toMatchObject({ code: 0, signal: null });
  const always = supervise("process.exit(0)", "always");
  await always.supervisor.start();
  await eventually(() => always.seen.started.length >= 2);
});

it("tells the signal that ended a program", async () => {
  const { supervisor, seen } = supervise(forever, "never");
  const child = await supervisor.start();
  process.kill(child.pid, "SIGKILL");
  await eventually(() => seen.finished);
  expect(seen.finished).toMatchObject({ code: null, signal: "SIGKILL" });
  expect(seen.activities).toEqual(["crashed: Crashed by SIGKILL"]);
});

it("ends gracefully when the program listens, by force when it does not", async () => {
  const polite = supervise(
    "process.on('SIGTERM', () => process.exit(7)); console.log('up'); setInterval(() => {}, 1000)",
  );
  await polite.supervisor.start();
  await eventually(() => polite.seen.output.includes("up"));
  expect(await polite.supervisor.stop()).toMatchObject({ code: 7, forced: false });

  const rude = supervise(stubborn);
  await rude.supervisor.start();
  await eventually(() => rude.seen.output.includes("up"));
  expect(await rude.supervisor.stop(50)).toMatchObject({ signal: "SIGKILL", forced: true });
});

it("ends the children of the program with it", async () => {
  const { supervisor, seen } = supervise("", "never", ["sh", "-c", "sleep 300 & echo $!; wait"]);
  await supervisor.start();
  await eventually(() => /^\d+\n/.test(seen.output));
  const grandchild = Number(seen.output.trim());
  expect(processIdentity(grandchild)).toBeDefined();
  await supervisor.stop();
  await eventually(() => processIdentity(grandchild) === undefined);
});

it("ends a paused program", async () => {
  const { supervisor } = supervise(forever);
  const child = await supervisor.start();
  child.signal("SIGSTOP");
  expect(await supervisor.stop()).toMatchObject({ signal: "SIGTERM", forced: false });
});

it("restarts on command, and says so when the new process does not live", async () => {
  const { supervisor, seen } = supervise(forever);
  const first = await supervisor.start();
  const answer = await supervisor.restart();
  expect(answer).toMatchObject({ ok: true });
  expect(supervisor.child?.pid).not.toBe(first.pid);
  expect(seen.activities).not.toContain("crashed: Crashed by SIGTERM");

  // A shell is gone at once, also where a Node takes as long to start as a process must live to count.
  const short = supervise("", "never", ["sh", "-c", "exit 4"]);
  await short.supervisor.start();
  await eventually(() => short.seen.finished);
  expect(await short.supervisor.restart()).toMatchObject({
    ok: false,
    message: expect.stringContaining("with code 4"),
  });
});

it("rejects a program that does not exist", async () => {
  const { supervisor } = supervise("", "on-failure", ["no-such-program-here"]);
  await expect(supervisor.start()).rejects.toThrow("ENOENT");
});

it("measures the whole tree", async () => {
  const burn =
    "require('child_process').spawn(process.execPath, ['-e', 'for(;;);']); setInterval(() => {}, 1000)";
  const { supervisor } = supervise(burn);
  const child = await supervisor.start();
  const meter = new ResourceMeter(process.cwd());
  const use = await eventually(async () => {
    await new Promise((resolve) => setTimeout(resolve, 60));
    const sample = await meter.sample(child.pid);
    return (sample.cpuPercent ?? 0) > 5 ? sample : null;
  });
  expect(use.memoryBytes).toBeGreaterThan(20_000_000);
  expect(use.diskTotalBytes).toBeGreaterThan(use.diskUsedBytes ?? Number.POSITIVE_INFINITY);
});
