/** Works through cases and now and then meets one that a person must decide; goes on after a while either way. */
import { about, chance, count, info, options, pick, progress, sleep, state, task, warn } from "./say.mjs";

const { desk } = options({ desk: "refunds" });
const desks = {
  refunds: {
    verb: "Checking refund",
    asks: [
      "Asks: refund 3 orders over € 500?",
      "Asks: refund without the returned goods?",
      "Asks: goodwill of € 40 for a late parcel?",
    ],
  },
  contracts: {
    verb: "Reading clause",
    asks: ["Asks: which of two clause versions applies?", "Asks: is a notice period of 14 days fine?"],
  },
  tickets: {
    verb: "Comparing ticket",
    asks: ["Asks: merge 14 duplicate tickets?", "Asks: is the customer in 4711 the one in 4801?"],
  },
};
const { verb, asks } = desks[desk] ?? desks.refunds;
let done = 0;

for (;;) {
  state("working");
  const cases = 8 + Math.floor(Math.random() * 20);
  for (let i = 1; i <= cases; i++) {
    task(`${verb} ${i} of ${cases}, ${count(done)} done today`);
    done += 1;
    if (chance(0.4)) info(`${verb} ${done}: within the rules`);
    progress();
    await about(1_500);
  }
  const question = pick(asks);
  state("waiting");
  task(question);
  warn(`Waiting for a person. ${question}`);
  await sleep(25_000 + Math.random() * 35_000);
  info("Nobody said no: decided by the standing rule.");
}
