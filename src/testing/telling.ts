import { and, eq, inArray, sql } from "drizzle-orm";
import type { Labels } from "@/contracts/watch/matcher";
import { type AlertPolicy, defaultRouteTimes, plainRoute, type Route } from "@/contracts/watch/policy";
import type { RuleDraft } from "@/contracts/watch/rule";
import { rawIn } from "@/db/client";
import {
  alertPolicies,
  alertStates,
  alerts,
  channels,
  notificationAlerts,
  notifications,
  rules,
} from "@/db/schema";
import { type Ground, mainAccount, readFacts, systemCtx, transact } from "@/domain/kernel";
import { stampFacts } from "@/domain/kernel/stamp-facts";
import { type AlertRow, alertOf, alertTarget } from "@/domain/watch/alerts/view";
import { notifyCursorSeq, tellFrom, tellWhatIsDue } from "@/domain/watch/telling/notifier";
import { lookAtCalmed, lookAtRelapsed } from "@/domain/watch/telling/notifier/plan-looks";
import type { Clock } from "@/platform/clock";
import type { FakeClock } from "./clock";
import { type TestGround, testGround } from "./ground";
import { plainAlert } from "./plain-alert";

/** A branch that inherits everything, but what is given. */
export const branch = (over: Partial<Route> & { id: string }): Route => ({
  name: over.id,
  ...plainRoute,
  ...over,
});

/** A policy whose root has the shipped times and groups by rule, but what is given. */
export const policyOf = (
  root: Partial<Route> = {},
  inhibitions: AlertPolicy["inhibitions"] = [],
): AlertPolicy => ({
  root: branch({ ...defaultRouteTimes, groupBy: ["rule"], ...root, id: "root" }),
  inhibitions,
});

/** What was told, in the order in which it was decided. */
export type Told = {
  at: string;
  channel: string;
  event: string;
  title: string;
  firing: string[];
  resolved: string[];
  still: string[];
};

type NewAlert = Partial<AlertRow> & { id: string };

/** The notifier over a real database and a clock, mostly one moved by hand, with alerts put there by the test. */
export class TellingStage<Time extends Clock = FakeClock> {
  private seq = 0;
  private constructor(
    readonly ground: TestGround,
    readonly clock: Time,
  ) {}

  static async open<Time extends Clock>(
    clock: Time,
    policy?: AlertPolicy,
    channelIds = ["ops"],
  ): Promise<TellingStage<Time>> {
    const stage = new TellingStage(await testGround({ clock }), clock);
    await stage.addRule("rul_any", {});
    for (const id of channelIds) await stage.addChannel(id);
    if (policy) await stage.setPolicy(policy);
    return stage;
  }

  close = () => this.ground.db.close();

  async addChannel(id: string): Promise<void> {
    const count = await this.ground.db.orm.$count(channels);
    await this.ground.db.orm.insert(channels).values({
      id,
      accountId: mainAccount,
      kind: "teams",
      name: id,
      sealedConfig: "",
      target: "",
      enabled: true,
      failuresInRow: 0,
      // In the order in which they were added, although the clock stands.
      createdAt: new Date(Date.UTC(2020, 0, 1) + count),
    });
  }

  /** Without a condition, unless one is given: alerts of any kind may be said to be its own. */
  async addRule(id: string, draft: Partial<RuleDraft>): Promise<void> {
    const plain = { channelIds: [], quiet: [], enabled: true, scope: { kind: "all" }, except: [] };
    const whole = { name: id, ...plain, ...draft } as unknown as RuleDraft;
    const at = this.clock.now();
    await this.ground.db.orm.insert(rules).values({
      id,
      accountId: mainAccount,
      version: 1,
      draft: whole,
      createdAt: at,
      changedAt: at,
    });
  }

  async setPolicy(policy: AlertPolicy): Promise<void> {
    const version = (await this.ground.db.orm.$count(alertPolicies)) + 1;
    const author = { kind: "system", id: "system", name: "test" } as const;
    await this.say(
      "policy.changed",
      { kind: "policy", id: mainAccount, name: "Routes" },
      {},
      async (ground) => {
        await ground.db.orm
          .insert(alertPolicies)
          .values({ accountId: mainAccount, version, at: this.clock.now(), author, policy });
      },
    );
  }

  /** A fact with a change that it tells of. */
  async say(
    kind: Parameters<Parameters<Parameters<typeof transact>[1]>[0]["record"]>[0]["kind"],
    target: Parameters<Parameters<Parameters<typeof transact>[1]>[0]["record"]>[0]["target"],
    after: Record<string, unknown>,
    change?: (ground: Ground) => Promise<void>,
  ): Promise<void> {
    await change?.(this.ground);
    await transact(systemCtx(this.ground), async ({ record }) => record({ kind, target, after }));
  }

  async fire(...news: NewAlert[]): Promise<void> {
    const now = this.clock.now();
    const rows = news.map(
      (over): AlertRow => ({ ...plainAlert(now), subjectId: over.id, subjectName: over.id, ...over }),
    );
    await transact(systemCtx(this.ground), async ({ tx, record }) => {
      for (let from = 0; from < rows.length; from += 1_000) {
        await tx.insert(alerts).values(rows.slice(from, from + 1_000));
      }
      for (const row of rows) {
        record({ kind: "alert.fired", target: alertTarget(row), after: alertOf(row) });
      }
    });
  }

  async resolve(...ids: string[]): Promise<void> {
    const at = this.clock.now();
    await transact(systemCtx(this.ground), async ({ tx, record }) => {
      await tx.update(alerts).set({ state: "resolved", resolvedAt: at }).where(inArray(alerts.id, ids));
      await tx.delete(alertStates).where(inArray(alertStates.alertId, ids));
      for (const id of ids) {
        record({
          kind: "alert.resolved",
          target: { kind: "alert", id, name: id },
          after: { state: "resolved" },
        });
      }
    });
  }

  /** The trouble of alerts is gone for the moment, as the evaluator notes it: no fact tells of that. */
  async recover(...ids: string[]): Promise<void> {
    const at = this.clock.now().toISOString();
    const ctx = systemCtx(this.ground);
    await transact(ctx, async (unit) => {
      await rawIn(unit.tx)`
        insert into alert_states (rule_id, subject_key, account_id, subject, state, since, changed_at, alert_id, summary,
          marks, flips)
        select rule_id, subject_kind || ':' || subject_id, account_id, '{}', 'recovering', ${at}::timestamptz,
          ${at}::timestamptz, id, '', '{}', '{}'
        from alerts where id = any(${ids}::text[])`;
      await lookAtCalmed(unit, ctx, ids);
    });
  }

  async relapse(...ids: string[]): Promise<void> {
    const ctx = systemCtx(this.ground);
    await transact(ctx, async (unit) => {
      await unit.tx.delete(alertStates).where(inArray(alertStates.alertId, ids));
      await lookAtRelapsed(unit, ctx, ids);
    });
  }

  /** Ends the messages that wait, as the deliverer does. */
  async deliver(state: "delivered" | "dead" = "delivered", channelId?: string): Promise<number> {
    return transact(systemCtx(this.ground), async ({ tx, record }) => {
      const rows = await tx
        .update(notifications)
        .set({ state })
        .where(
          and(
            eq(notifications.state, "pending"),
            channelId === undefined ? undefined : eq(notifications.channelId, channelId),
          ),
        )
        .returning({ id: notifications.id });
      const kind = state === "delivered" ? "notification.delivered" : "notification.given_up";
      for (const { id } of rows) record({ kind, target: { kind: "notification", id, name: id } });
      return rows.length;
    });
  }

  /** One turn of the notifier: the log to its end, and what is due. Answers when it would look next. */
  async turn(): Promise<Date | null> {
    while ((await stampFacts(this.ground)).length > 0);
    this.seq = (await tellFrom(this.ground, this.seq)).seq;
    return (await tellWhatIsDue(this.ground)).next;
  }

  facts = () => readFacts(this.ground.db, 0, 1_000);

  /** As a new instance begins: from the cursor in the database. */
  async restart(): Promise<void> {
    this.seq = await notifyCursorSeq(this.ground);
  }

  /** Lets time pass: the notifier looks when it planned to, and everything arrives at once. */
  async pass(this: TellingStage<FakeClock>, ms: number): Promise<void> {
    const endMs = this.clock.nowMs() + ms;
    for (;;) {
      let next = await this.turn();
      if ((await this.deliver()) > 0) next = await this.turn();
      const toMs = Math.min(endMs, next?.getTime() ?? endMs);
      if (this.clock.nowMs() >= endMs) return;
      this.clock.setWall(new Date(toMs));
    }
  }

  async told(): Promise<Told[]> {
    const as = (kind: string) =>
      sql<string[]>`coalesce(array_agg(${notificationAlerts.alertId} order by ${notificationAlerts.alertId})
        filter (where ${notificationAlerts.as} = ${kind}), '{}')`;
    const rows = await this.ground.db.orm
      .select({
        at: notifications.createdAt,
        channel: notifications.channelId,
        event: notifications.event,
        title: notifications.title,
        firing: as("firing"),
        resolved: as("resolved"),
        still: as("still"),
      })
      .from(notifications)
      .leftJoin(notificationAlerts, eq(notificationAlerts.notificationId, notifications.id))
      .groupBy(notifications.id)
      .orderBy(notifications.createdAt, notifications.id);
    return rows.map((row) => ({ ...row, at: row.at.toISOString().slice(5, 19).replace("T", " ") }));
  }

  /** The same in a line each: `10:00:31 ops firing +a =b -c`, new, still firing, over. */
  async lines(): Promise<string[]> {
    const marked = (mark: string, ids: string[]) => ids.map((id) => `${mark}${id}`);
    return (await this.told()).map(({ at, channel, event, firing, resolved, still }) =>
      [
        at.slice(6),
        channel,
        event,
        ...marked("+", firing),
        ...marked("=", still),
        ...marked("-", resolved),
      ].join(" "),
    );
  }

  /** The story of an alert as the stages tell it: `route passed: By the route Everything`. */
  async steps(alertId: string): Promise<string[]> {
    const rows = await this.ground.db.sql<{ text: string }[]>`
      select stage || ' ' || outcome || ': ' || reason as text from alert_steps where alert_id = ${alertId} order by id`;
    return rows.map(({ text }) => text);
  }
}

/** Labels as those of an alert of this stage. */
export const plainLabels = (id: string, over: Labels = {}): Labels => ({
  agent: id,
  group: "",
  tag: [],
  host: "",
  rule: "Offline",
  kind: "offline",
  severity: "warning",
  subject: id,
  ...over,
});
