import { randomBytes } from "node:crypto";
import type { Role } from "@/contracts/people/role";
import type { Topics } from "@/contracts/signals";
import { type Ctx, type Ground, mainAccount } from "@/domain/kernel";
import { memoryBus } from "@/platform/bus";
import { systemClock } from "@/platform/clock";
import { sealer } from "@/platform/crypto";
import { systemIds } from "@/platform/ids";
import { createLog } from "@/platform/log";
import { type TestDatabase, testDatabase } from "./database";

export type TestGround = Ground & { db: TestDatabase };

/** Everything that verbs stand on, over a database of its own; `over` replaces parts, such as the clock. */
export async function testGround(over: Partial<Omit<Ground, "db">> = {}): Promise<TestGround> {
  const log = createLog("fatal");
  return {
    db: await testDatabase(),
    bus: memoryBus<Topics>({ log }),
    clock: systemClock,
    ids: systemIds,
    log,
    sealer: sealer(randomBytes(32)),
    ...over,
  };
}

/** A person of a role, in the main account unless said otherwise. */
export function personCtx(ground: Ground, role: Role = "admin", account: string = mainAccount): Ctx {
  const actor = { kind: "user", id: `usr_${role}`, name: `Test ${role}` } as const;
  return { ...ground, account, actor, role, requestId: null };
}
