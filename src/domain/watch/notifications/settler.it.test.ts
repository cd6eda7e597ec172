import { afterEach, beforeEach, expect, test } from "vitest";
import { createChannel } from "@/domain/watch/channels";
import { anyAddress } from "@/testing/any-address";
import { fakeClock } from "@/testing/clock";
import { eventually } from "@/testing/eventually";
import { personCtx, type TestGround, testGround } from "@/testing/ground";
import { tellOffline } from "@/testing/outbox";
import { type Claimed, claimNext } from "./claim";
import type { Settled } from "./settle";
import { Settler } from "./settler";

const clock = fakeClock();
const holder = "dlv_test";
const names = Array.from({ length: 8 }, (_, index) => `agt_${index}`);
let ground: TestGround;
let claimed: Claimed[];

beforeEach(async () => {
  ground = await testGround({ clock });
  const config = { url: "https://hooks.example.com/own" };
  const channel = await createChannel(personCtx(ground), anyAddress, {
    kind: "webhook",
    name: "Own",
    config,
  });
  await tellOffline(ground, [channel.id], names);
  claimed = await claimNext(ground, { channels: 1, holder, claimMs: 60_000, blocked: [], takesOver: true });
  expect(claimed).toHaveLength(names.length);
});
afterEach(() => ground.db.close());

const deliveredOf = (one: Claimed): Settled => ({
  claimed: one,
  state: "delivered",
  nextAttemptAt: null,
  answer: "",
  try: { at: clock.now(), tookMs: 1, status: 200 },
  rest: { failures: 0, until: null },
  inbox: null,
});
/** Of the delivered messages: how many, in how many transactions. */
const written = async () => {
  const [row] = await ground.db.sql<{ rows: number; transactions: number }[]>`
    select count(*)::int as rows, count(distinct xmin::text)::int as transactions
    from notifications where state = 'delivered'`;
  return row;
};

test("ends that nobody waits for are written together, with the first one that is urgent", async () => {
  const settler = new Settler(ground, holder);
  const ends = claimed.map((one, index) => settler.write(deliveredOf(one), index === claimed.length - 1));
  await Promise.all(ends);
  expect(await written()).toEqual({ rows: names.length, transactions: 1 });
});

test("without an urgent one they are written a moment later", async () => {
  const settler = new Settler(ground, holder);
  const ends = Promise.all(claimed.map((one) => settler.write(deliveredOf(one), false)));
  expect(await written()).toEqual({ rows: 0, transactions: 0 });
  await clock.advance(25);
  await ends;
  await eventually(async () => (await written())?.rows === names.length);
  expect(await written()).toEqual({ rows: names.length, transactions: 1 });
});
