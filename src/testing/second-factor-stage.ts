import { factsPending } from "@/db/schema";
import { type Ctx, systemCtx } from "@/domain/kernel";
import { beginTotp, confirmTotp } from "@/domain/people/second-factor";
import { createAttempts, login } from "@/domain/people/sessions";
import { createUser } from "@/domain/people/users";
import { systemClock } from "@/platform/clock";
import { sha256Hex } from "@/platform/crypto";
import { memoryLimits } from "@/platform/limits";
import { type TestGround, testGround } from "./ground";
import { totpCodeAt } from "./totp";

/** People with and without an authenticator app, on a clock that a test moves: what tests of the second factor share. */
export const stepMs = 30_000;
export const password = "Correct-horse-7-battery";
export const next = "Wandering-moss-31-lantern";
export const visitor = { ip: "127.0.0.1", userAgent: "test" };

export let ground: TestGround;
/** In the middle of a step, so that no test crosses its edge. */
const startMs = Date.UTC(2026, 0, 1, 0, 0, 15);
let nowMs = startMs;
export async function openStage(): Promise<void> {
  // Another file of the same worker may have moved it.
  nowMs = startMs;
  const clock = { ...systemClock, now: () => new Date(nowMs), sleep: async () => {} };
  ground = await testGround({ clock });
}
export const closeStage = () => ground.db.close();
export const now = () => new Date(nowMs);
export function pass(ms: number): void {
  nowMs += ms;
}

export const attempts = () => createAttempts(ground, memoryLimits());
export const system = () => systemCtx(ground);
export const stranger = (): Ctx => ({
  ...system(),
  actor: { kind: "anonymous", id: "anonymous", name: "Not signed in" },
});

let count = 0;
export const newAddress = () => `user${++count}@example.com`;
export async function person(role: "viewer" | "admin" = "viewer") {
  const email = newAddress();
  const user = await createUser(system(), { email, name: `Somebody ${count}`, role, password });
  return { ...user, ctx: await signedIn(user.id, email, role) };
}
export async function ticketOf(identifier: string, typed = password) {
  const answer = await login(stranger(), { identifier, password: typed }, visitor, attempts());
  if (!("next" in answer)) throw new Error("no second factor was asked for");
  return answer.ticket;
}
export async function signedIn(id: string, identifier: string, role: "viewer" | "admin"): Promise<Ctx> {
  const answer = await login(stranger(), { identifier, password }, visitor, attempts());
  if (!("token" in answer)) throw new Error("a second factor was asked for");
  const actor = { kind: "user" as const, id, name: identifier };
  return { ...system(), actor, role, sessionId: sha256Hex(answer.token) };
}
export const code = (secret: string, steps = 0) => totpCodeAt(secret, new Date(nowMs + steps * stepMs));
export async function enrolled(role: "viewer" | "admin" = "viewer") {
  const who = await person(role);
  const { secret } = await beginTotp(who.ctx);
  const { recoveryCodes: codes } = await confirmTotp(who.ctx, code(secret), attempts());
  nowMs += 2 * stepMs;
  return { ...who, secret, codes };
}
export const kindsFor = async (userId: string) =>
  (await ground.db.orm.select().from(factsPending))
    .filter((fact) => fact.target?.id === userId)
    .map((fact) => fact.kind);
