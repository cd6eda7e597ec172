import { afterAll, beforeAll, expect, test } from "vitest";
import { applyFrame, type Board, decodeSnapshot } from "@/contracts/wire/board-fold";
import { BoardFeed } from "@/domain/fleet/board/feed";
import { mainAccount } from "@/domain/kernel";
import { snoozeAlert } from "@/domain/watch/alerts";
import { createSilence, endSilence } from "@/domain/watch/silences";
import { eventually } from "@/testing/eventually";
import { personCtx, type TestGround, testGround } from "@/testing/ground";
import { writeAlerts } from "@/testing/outbox";
import { startStamper } from "@/workers/kernel/stamp";
import { startMutedTeller } from "./tell-muted";

let ground: TestGround;
let stamper: ReturnType<typeof startStamper>;
beforeAll(async () => {
  ground = await testGround();
  stamper = startStamper(ground);
});
afterAll(async () => {
  await stamper.stop();
  await ground.db.close();
});

const hourMs = 3_600_000;
const operator = () => personCtx(ground, "operator");

/** A board with its teller, and a watcher of it: the names of what calls there, and of what is muted. */
async function watched() {
  const feed = await BoardFeed.start(ground);
  const board: Board = decodeSnapshot(structuredClone(feed.snapshot(mainAccount)));
  let mostAtOnce = 0;
  const end = feed.onFrame(mainAccount, (frame) => {
    mostAtOnce = Math.max(mostAtOnce, frame.c?.length ?? 0);
    expect(applyFrame(board, structuredClone(frame))).not.toBeNull();
  });
  const teller = startMutedTeller(ground, feed);
  const named = (muted: boolean) =>
    [...board.alerts.values()]
      .filter((alert) => (alert.muted ?? false) === muted)
      .map(({ subject }) => subject.name)
      .sort();
  return {
    feed,
    mostAtOnce: () => mostAtOnce,
    calling: () => named(false),
    muted: () => named(true),
    stop: async () => {
      end();
      await teller.stop();
      feed.stop();
    },
  };
}

const silence = (agents: string, forMs: number) =>
  createSilence(operator(), {
    kind: "silence",
    matchers: [{ label: "agent", op: "=~", value: agents }],
    reason: "It moves house",
    endsAt: new Date(Date.now() + forMs).toISOString(),
    schedule: null,
  });

test("an open board hears which alerts are muted: by a silence, until it ends by hand or by time, and by a snooze", async () => {
  const [first = ""] = await writeAlerts(ground, ["orders", "invoices", "refunds"]);
  const board = await watched();
  expect(board.calling()).toEqual(["invoices", "orders", "refunds"]);

  const made = await silence("invoices", hourMs);
  await eventually(() => board.muted().join() === "invoices");
  await snoozeAlert(operator(), { id: first, forMs: hourMs });
  await eventually(() => board.muted().join() === "invoices,orders");
  await silence("refunds", 8_000);
  await eventually(() => board.calling().length === 0);
  // Nobody says that this one is over.
  await eventually(() => board.calling().join() === "refunds", { timeoutMs: 30_000 });
  await endSilence(operator(), made.id);
  await eventually(() => board.calling().join() === "invoices,refunds");
  expect(board.muted()).toEqual(["orders"]);
  await board.stop();

  // A server that starts knows it too, and who comes then has it in the snapshot.
  const again = await watched();
  await eventually(() => again.muted().join() === "orders");
  const alerts = again.feed.snapshot(mainAccount).alerts as { subject: { name: string }; muted?: boolean }[];
  expect(alerts.filter(({ muted }) => muted).map(({ subject }) => subject.name)).toEqual(["orders"]);
  await again.stop();
});

test("what ended and is told to nobody yet does not look as if it called", async () => {
  await writeAlerts(ground, ["ended", "after it"]);
  const board = await watched();
  await silence("ended", hourMs);
  await eventually(() => board.muted().includes("ended"));
  await ground.db.sql`update alerts set state = 'resolved', resolved_at = now() where subject_name = 'ended'`;
  await silence("after it", hourMs);
  await eventually(() => board.muted().includes("after it"));
  expect(board.muted()).toContain("ended");
  await board.stop();
});

test("thousands are muted in frames of some hundreds", async () => {
  const names = Array.from({ length: 1_200 }, (_, index) => `crowd-${index}`);
  await writeAlerts(ground, names);
  const board = await watched();
  await silence("crowd-.*", hourMs);
  await eventually(() => board.muted().filter((name) => name.startsWith("crowd-")).length === 1_200);
  expect(board.mostAtOnce()).toBeLessThan(600);
  await board.stop();
});

test("an account whose settings can't be read keeps no other from being told", async () => {
  const sql = ground.db.sql;
  const [theirs = ""] = await writeAlerts(ground, ["of the others", "of ours"]);
  await sql`insert into accounts (id, name, created_at) values ('acc_two', 'Two', now())`;
  await sql`update alerts set account_id = 'acc_two', snoozed_until = now() + interval '1 hour' where id = ${theirs}`;
  const author = { kind: "system", id: "system", name: "Nobody" };
  await sql`
    insert into alert_policies (account_id, version, at, author, policy)
    values (${mainAccount}, 1, now(), ${JSON.stringify(author)}::text::jsonb, '{}')`;
  const board = await watched();
  expect(board.feed.accountsThatFire()).toEqual([mainAccount, "acc_two"]);
  await eventually(() => JSON.stringify(board.feed.snapshot("acc_two").alerts).includes('"muted":true'));
  await board.stop();
});
