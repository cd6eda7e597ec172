import { afterAll, afterEach, beforeAll, beforeEach } from "vitest";
import { channels } from "@/db/schema";
import { createChannel } from "@/domain/watch/channels";
import { defaultPatience, type Outside } from "@/domain/watch/notifications";
import { createLog } from "@/platform/log";
import { createMailer } from "@/platform/mail";
import { createOut } from "@/platform/out";
import { startStamper } from "@/workers/kernel/stamp";
import { startDeliverer } from "@/workers/watch/deliver";
import { anyAddress } from "./any-address";
import { eventually } from "./eventually";
import { personCtx, type TestGround, testGround } from "./ground";
import { type Received, startTeamsServer, type TeamsServer } from "./teams-server";
import { notificationRows } from "./watch";

/** Waits between tries are short enough for a test. */
export const hastyPatience = { ...defaultPatience, firstDelayMs: 40 };

/**
 * What tests of delivery stand on: a Teams-like service in a process of its own for a file, and for each test a fresh
 * database with a stamper, and a webhook's path that no other test has. Call it once, outside of tests.
 */
export function deliveryStage() {
  let service: TeamsServer;
  let ground: TestGround;
  let running: { stop(): Promise<unknown> }[] = [];
  let count = 0;
  beforeAll(async () => {
    service = await startTeamsServer();
  });
  afterAll(() => service.stop());
  beforeEach(async () => {
    ground = await testGround({ log: createLog("silent") });
    running = [startStamper(ground)];
    count += 1;
  });
  afterEach(async () => {
    await Promise.all(running.map((part) => part.stop()));
    await ground.db.close();
  });

  const path = () => `/hook-${count}-with-a-long-secret`;
  const admin = () => personCtx(ground);
  const outside = (allow = ["127.0.0.1"], sendTimeoutMs = 400): Outside => {
    const parts = { clock: ground.clock, log: ground.log };
    const out = createOut({ allow, ...parts });
    return { out, mailer: createMailer(parts), consoleUrl: "http://127.0.0.1:3000", sendTimeoutMs };
  };

  return {
    get service() {
      return service;
    },
    get ground() {
      return ground;
    },
    get path() {
      return path();
    },
    admin,
    outside,
    /** Starts a deliverer that ends with the test. */
    deliver(allow?: string[]): void {
      running.push(startDeliverer(ground, outside(allow), { patience: hastyPatience }));
    },
    endsWithTest: (part: { stop(): Promise<unknown> }) => void running.push(part),
    addChannel: (name = "Ops", at = path()) =>
      createChannel(admin(), anyAddress, { kind: "teams", name, config: { url: service.url(at) } }),
    addInbox: () =>
      createChannel(admin(), anyAddress, { kind: "inbox", name: "Inbox", config: { role: "viewer" } }),
    /** The rows of the outbox, once there are so many and none waits any more. */
    settled: (rowCount: number) =>
      eventually(
        async () => {
          const rows = await notificationRows(ground);
          return rows.length === rowCount && rows.every((row) => row.state !== "pending") ? rows : null;
        },
        { timeoutMs: 20_000 },
      ),
    takenAt: async (at = path()): Promise<Received[]> =>
      (await service.received(at)).filter((one) => one.taken),
    channelNow: async () => (await ground.db.orm.select().from(channels))[0],
  };
}

/** Which of our cards a request held. */
export const wordOf = (body: string) => /"text":"(Offline|Resolved|Test) "/.exec(body)?.[1];
