import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { Child } from "./child";
import { Journal } from "./journal";
import { markOf } from "./mark";
import { endOrphan } from "./orphan";
import { processIdentity } from "./processes";

let folder: string;
const left: Child[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "mc-orphan-"));
});
afterEach(async () => {
  for (const child of left.splice(0)) await child.end(0);
  rmSync(folder, { recursive: true });
});

async function started(env: Record<string, string>): Promise<Child> {
  const child = await Child.spawn(["/bin/sh", "-c", "exec sleep 300"], { ...process.env, ...env });
  left.push(child);
  return child;
}

/** What the next supervisor reads after `write`. */
function journalAfter(write: (journal: Journal) => void): Journal {
  const before = new Journal(folder);
  write(before);
  before.close();
  return new Journal(folder);
}

it.runIf(process.platform === "linux")(
  "finds a process that was intended and never noted, by its mark",
  async () => {
    const orphan = await started(markOf("mine"));
    const stranger = await started(markOf("another's"));
    const journal = journalAfter((last) => last.childIntended("mine"));
    expect(await endOrphan(journal, 2_000)).toBe(orphan.pid);
    expect(processIdentity(orphan.pid)).toBeUndefined();
    expect(stranger.running).toBe(true);
    expect(await endOrphan(journal, 2_000)).toBeNull();
    journal.close();
  },
);

it("goes by the number once that was noted, and leaves a stranger with the same number alone", async () => {
  const child = await started({});
  const identity = processIdentity(child.pid) ?? "";
  const reused = journalAfter((last) => last.childStarted(child.pid, `${identity}0`));
  expect(await endOrphan(reused, 2_000)).toBeNull();
  expect(child.running).toBe(true);
  reused.close();
  const noted = journalAfter((last) => {
    last.childIntended("x");
    last.childStarted(child.pid, identity);
  });
  expect(noted.intent).toBeNull();
  expect(await endOrphan(noted, 2_000)).toBe(child.pid);
  noted.close();
});
