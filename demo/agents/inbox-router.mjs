/** Receives mail (it invents it) and files each one for the agent that is in charge, as a JSON file in a queue. */
import { randomUUID } from "node:crypto";
import { readdirSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { about, chance, count, debug, folder, info, pick, progress, state, task, warn } from "./say.mjs";

const queue = folder("invoices");
const drafts = folder("drafts");
const senders = [
  "Hanse Papier",
  "Nordlicht Energie",
  "Atelier Ruiz",
  "Okafor Logistics",
  "Brook & Lane",
  "Mistral Café",
];
const subjects = ["Invoice", "Invoice, second copy", "Reminder", "Credit note"];
let routed = 0;

state("working");
for (;;) {
  const waiting = readdirSync(queue).length;
  if (waiting > 60) {
    state("idle");
    task(`Holding back: ${waiting} letters wait in the queue`);
    warn(`The queue is long (${waiting}); waiting for invoice-triage.`);
    await about(6_000);
    state("working");
    continue;
  }
  const letter = {
    id: randomUUID(),
    from: pick(senders),
    subject: pick(subjects),
    amount: Math.round(Math.random() * 250_000) / 100,
    text: "Please pay within 14 days. ".repeat(20 + Math.floor(Math.random() * 200)),
  };
  // Written aside and renamed, so that the reader never meets half a letter.
  writeFileSync(join(drafts, `${letter.id}.json`), JSON.stringify(letter));
  renameSync(join(drafts, `${letter.id}.json`), join(queue, `${letter.id}.json`));
  routed += 1;
  task(`Routing mail, ${waiting + 1} in queue, ${count(routed)} today`);
  if (chance(0.3)) debug(`${letter.from}: "${letter.subject}" goes to invoice-triage`);
  if (routed % 25 === 0) info(`${count(routed)} letters routed`);
  progress();
  await about(1_400);
}
