import { and, eq, inArray, isNotNull, isNull, ne, type SQL, sql } from "drizzle-orm";
import { type Onboarding, type OnboardingStep, onboardingSteps } from "@/contracts/people/onboarding";
import {
  agentPresence,
  agents,
  channels,
  facts,
  factsPending,
  passkeys,
  recoveryCodes,
  settings,
  totpFactors,
  users,
} from "@/db/schema";
import { type Ctx, demand, transact } from "@/domain/kernel";

const settingKey = "onboarding";
/** Good to have, but an installation works and is open to nobody without it. */
const optional: readonly OnboardingStep[] = ["second-factor"];

/** How far the installation is, by what is there: nothing is kept but that an admin put the list away. */
export async function findOnboarding(ctx: Ctx): Promise<Onboarding> {
  demand(ctx, "settings:manage");
  const [done, [kept]] = await Promise.all([
    stepsDone(ctx),
    ctx.db.orm.select({ value: settings.value }).from(settings).where(ofAccount(ctx.account)),
  ]);
  const steps = onboardingSteps.map((name) => ({
    name,
    done: done[name],
    optional: optional.includes(name),
  }));
  const { dismissedAt = null } = (kept?.value ?? {}) as { dismissedAt?: string };
  return { complete: steps.every((step) => step.done || step.optional), dismissedAt, steps };
}

/** Puts the list away for all admins of the account, or brings it back. */
export async function changeOnboarding(ctx: Ctx, { dismissed }: { dismissed: boolean }): Promise<Onboarding> {
  const before = await findOnboarding(ctx);
  if ((before.dismissedAt !== null) === dismissed) return before;
  const changedAt = ctx.clock.now();
  const dismissedAt = dismissed ? changedAt.toISOString() : null;
  await transact(ctx, async (unit) => {
    const value = dismissedAt ? { dismissedAt } : {};
    await unit.tx
      .insert(settings)
      .values({ accountId: ctx.account, key: settingKey, value, changedAt })
      .onConflictDoUpdate({ target: [settings.accountId, settings.key], set: { value, changedAt } });
    unit.record({
      kind: "setting.changed",
      target: { kind: "setting", id: settingKey, name: "First steps" },
      before: { dismissedAt: before.dismissedAt },
      after: { dismissedAt },
    });
  });
  return { ...before, dismissedAt };
}

const ofAccount = (account: string) => and(eq(settings.accountId, account), eq(settings.key, settingKey));

/** One question to the database; each step stops at the first row that proves it. */
async function stepsDone({ db, account }: Ctx): Promise<Record<OnboardingStep, boolean>> {
  const admin = and(eq(users.accountId, account), eq(users.role, "admin"), isNull(users.disabledAt));
  const admins = db.orm.select({ id: users.id }).from(users).where(admin);
  const heard = db.orm
    .select({ id: agents.id })
    .from(agents)
    .innerJoin(agentPresence, eq(agentPresence.agentId, agents.id))
    .where(and(eq(agents.accountId, account), isNull(agents.removedAt), isNotNull(agentPresence.lastBeatAt)));
  const tested = (log: typeof facts | typeof factsPending) =>
    db.orm
      .select({ kind: log.kind })
      .from(log)
      .where(
        and(
          eq(log.accountId, account),
          inArray(sql`${log.target}->>'id'`, channelIds),
          eq(log.kind, "channel.tested"),
          eq(sql`${log.data}->>'delivered'`, "true"),
        ),
      );
  const channelIds = db.orm
    .select({ id: channels.id })
    .from(channels)
    // The inbox is there from the start: it wakes nobody.
    .where(and(eq(channels.accountId, account), isNull(channels.deletedAt), ne(channels.kind, "inbox")));
  const codes = db.orm
    .select({ id: recoveryCodes.id })
    .from(recoveryCodes)
    .where(inArray(recoveryCodes.userId, admins));
  const apps = db.orm
    .select({ id: totpFactors.userId })
    .from(totpFactors)
    .where(and(inArray(totpFactors.userId, admins), isNotNull(totpFactors.confirmedAt)));
  const keys = db.orm.select({ id: passkeys.id }).from(passkeys).where(inArray(passkeys.userId, admins));
  const is = (what: SQL) => sql<boolean>`${what}`;
  const [row] = await db.orm
    .select({
      owner: is(sql`exists ${admins}`),
      "recovery-codes": is(sql`exists ${codes}`),
      "second-factor": is(sql`(exists ${apps} or exists ${keys})`),
      agent: is(sql`exists ${heard}`),
      "alert-channel": is(sql`(exists ${tested(facts)} or exists ${tested(factsPending)})`),
    })
    .from(sql`(select 1) as one`);
  if (!row) throw new Error("The database answered no row.");
  return row;
}
