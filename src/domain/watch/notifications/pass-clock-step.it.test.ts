import { eq } from "drizzle-orm";
import { afterEach, beforeEach, expect, test } from "vitest";
import { channels, notifications } from "@/db/schema";
import { createChannel } from "@/domain/watch/channels";
import { anyAddress } from "@/testing/any-address";
import { type FakeClock, fakeClock } from "@/testing/clock";
import { personCtx, type TestGround, testGround } from "@/testing/ground";
import { openGroup, queueMessage, writeAlerts } from "@/testing/outbox";
import { notificationRows } from "@/testing/watch";
import { passClockStep } from "./pass-clock-step";

let clock: FakeClock;
let ground: TestGround;
beforeEach(async () => {
  clock = fakeClock("2026-11-21T10:00:00Z");
  ground = await testGround({ clock });
});
afterEach(() => ground.db.close());

test.each([600_000, -600_000])(
  "a clock that is set by %d ms changes no wait and no order",
  async (stepMs) => {
    const config = { url: "http://127.0.0.1:1/hook" };
    const { id: channelId } = await createChannel(personCtx(ground), anyAddress, {
      kind: "teams",
      name: "Ops",
      config,
    });
    const groupId = await openGroup(ground, { group: "search" });
    for (const title of ["sent", "waits"]) {
      const firing = await writeAlerts(ground, [title]);
      await queueMessage(ground, { channelId, groupId, firing, title });
    }
    const at = clock.now();
    const inSeconds = (seconds: number) => new Date(at.getTime() + seconds * 1_000);
    const { orm } = ground.db;
    await orm.update(notifications).set({ createdAt: at, nextAttemptAt: inSeconds(5) });
    await orm
      .update(notifications)
      .set({ state: "delivered", nextAttemptAt: null, deliveredAt: at })
      .where(eq(notifications.title, "sent"));
    await orm
      .update(channels)
      .set({ brokenUntil: inSeconds(30) })
      .where(eq(channels.id, channelId));

    await passClockStep(ground, stepMs);
    const rows = await notificationRows(ground, channelId);
    const later = (seconds: number) => inSeconds(seconds + stepMs / 1_000);
    expect(rows.find(({ title }) => title === "sent")).toMatchObject({
      createdAt: at,
      nextAttemptAt: null,
      deliveredAt: at,
    });
    expect(rows.find(({ title }) => title === "waits")).toMatchObject({
      createdAt: later(0),
      nextAttemptAt: later(5),
    });
    const [channel] = await orm.select().from(channels).where(eq(channels.id, channelId));
    expect(channel?.brokenUntil).toEqual(later(30));
  },
);
