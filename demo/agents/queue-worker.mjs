/** Takes files out of a queue, does its work on each, and passes it on to the next queue when there is one. */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { about, count, error, folder, info, options, progress, sleep, state, task, warn } from "./say.mjs";

const { from, to, verb, noun } = options({ from: "invoices", to: "", verb: "Reading", noun: "invoice" });
const inbox = folder(from);
const outbox = to ? folder(to) : null;
let done = 0;
let idle = true;

for (;;) {
  const files = readdirSync(inbox).sort();
  if (files.length === 0) {
    if (!idle) info(`The queue is empty; ${count(done)} done so far.`);
    idle = true;
    state("idle");
    task(`Waiting for the next ${noun}`);
    await sleep(1_500);
    continue;
  }
  if (idle) state("working");
  idle = false;
  for (const [index, file] of files.entries()) {
    task(`${verb} ${noun} ${count(done + 1)}, ${files.length - index - 1} behind it`);
    try {
      const letter = JSON.parse(readFileSync(join(inbox, file), "utf8"));
      let digest = letter.text;
      for (let round = 0; round < 400; round++)
        digest = createHash("sha256")
          .update(digest + letter.text)
          .digest("hex");
      if (letter.amount > 2_000)
        warn(`${letter.from}: ${letter.amount.toFixed(2)} € is above the limit, marked for a second look`);
      else info(`${letter.from}: ${letter.subject}, ${letter.amount.toFixed(2)} €, ${digest.slice(0, 8)}`);
      if (outbox) renameSync(join(inbox, file), join(outbox, file));
      else rmSync(join(inbox, file));
    } catch (fault) {
      error(`${file} cannot be read: ${fault.message}`);
      rmSync(join(inbox, file), { force: true });
    }
    done += 1;
    progress();
    await about(1_100);
  }
}
