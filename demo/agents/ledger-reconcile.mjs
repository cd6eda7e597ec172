/** Compares two ledgers; after some minutes it waits for a lock that never comes free: alive, and stuck. */
import { count, error, info, progress, sleep, state, task, warn } from "./say.mjs";

const total = 4_000;
const hangAt = Date.now() + 100_000;
const amountOf = (entry) => Math.round(Math.abs(Math.sin(entry * 12.9898)) * 1e6) / 100;

state("working");
for (let day = 1; ; day++) {
  let differences = 0;
  for (let entry = 1; entry <= total; entry++) {
    const [ours, theirs] = [amountOf(entry + day), amountOf(entry + day + (entry % 997 === 0 ? 1 : 0))];
    if (ours !== theirs) {
      differences += 1;
      warn(`Entry ${entry}: ${ours.toFixed(2)} here, ${theirs.toFixed(2)} at the bank`);
    }
    if (entry % 50 === 0) {
      task(`Comparing entry ${count(entry)} of ${count(total)}, day ${day}`);
      progress();
      await sleep(250);
    }
    if (Date.now() > hangAt && entry === 2_600) {
      task(`Comparing entry ${count(entry)} of ${count(total)}, waiting for the ledger's lock`);
      error("The ledger is locked by another session; waiting for it");
      // A timer keeps the process alive, and nothing ever wakes it: a hang as it is met in the wild.
      setInterval(() => {}, 60_000);
      await new Promise(() => {});
    }
  }
  info(`Day ${day}: ${count(total)} entries, ${differences} differences`);
}
