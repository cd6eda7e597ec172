import type { AgentLogLine } from "@/contracts/wire/agent";
import type { LineFinds, LineWatch } from "@/domain/fleet/logs";
import type { Ground } from "@/domain/kernel";
import type { RuleRow } from "@/domain/watch/rules";
import { startLoop } from "@/platform/loop";
import { type LogRule, lineMatcher, type MatchedLine, sampleOf } from "./match-lines";
import { rulesOfKind } from "./rules-of-kind";
import { Slices } from "./slices";

/** How long a change of a rule may stay unnoticed here when its word on the bus was lost. */
const reloadEveryMs = 15_000;

type Watching = { rule: LogRule; version: number; fits(line: MatchedLine): boolean };
type Found = { rule: LogRule; version: number; seqs: number[]; sampleOf(seq: number): string };

/**
 * Looks through lines as they come in for those that log rules wait for. Runs on every instance that takes agents;
 * knows the rules from memory, so that a line costs no question. Without a log rule it costs nothing.
 */
export class RuleLineWatch implements LineWatch {
  private byAccount = new Map<string, Watching[]>();
  private readonly loop;
  private readonly stopListening: () => void;

  constructor(private readonly ground: Ground) {
    this.loop = startLoop({
      name: "log-rules",
      everyMs: reloadEveryMs,
      clock: ground.clock,
      log: ground.log,
      run: () => this.load(),
    });
    const stopFacts = ground.bus.subscribe("facts", (facts) => {
      if (facts.some((fact) => fact.kind.startsWith("rule."))) this.loop.nudge();
    });
    const stopHealth = ground.bus.onHealth(() => this.loop.nudge());
    this.stopListening = () => {
      stopFacts();
      stopHealth();
    };
  }

  find(account: string, agentId: string, lines: readonly AgentLogLine[]): Promise<LineFinds | null> | null {
    const watching = this.byAccount.get(account);
    return watching ? this.look(watching, account, agentId, lines) : null;
  }

  async stop(): Promise<void> {
    this.stopListening();
    await this.loop.stop();
  }

  /** Reads the log rules of all accounts. Also called by tests that don't want to wait for the bus. */
  async load(): Promise<void> {
    const rows = await this.ground.db.sql<StoredRule[]>`
      select id, account_id as account, version, draft from rules
      where deleted_at is null and draft->'condition'->>'kind' = 'log' order by id`;
    const byAccount = new Map<string, Watching[]>();
    for (const { account, version, id, draft } of rows) {
      for (const rule of rulesOfKind([{ id, draft }], "log")) {
        const fits = this.matcherOf(rule);
        if (fits) byAccount.set(account, [...(byAccount.get(account) ?? []), { rule, version, fits }]);
      }
    }
    this.byAccount = byAccount;
  }

  private matcherOf(rule: LogRule) {
    try {
      return lineMatcher(rule.condition);
    } catch (error) {
      this.ground.log.warn({ err: error, ruleId: rule.id }, "A log rule's expression can't be read.");
      return null;
    }
  }

  private async look(
    watching: Watching[],
    account: string,
    agentId: string,
    lines: readonly AgentLogLine[],
  ): Promise<LineFinds | null> {
    const slices = new Slices();
    const found: Found[] = [];
    for (const { rule, version, fits } of watching) {
      const { scope } = rule.draft;
      if (scope.kind === "agents" && !scope.agentIds.includes(agentId)) continue;
      const fitting = new Map<number, string>();
      for (const line of lines) {
        if (fits(line)) fitting.set(line.seq, line.message);
        await slices.breathe();
      }
      if (fitting.size === 0) continue;
      found.push({
        rule,
        version,
        seqs: [...fitting.keys()],
        sampleOf: (seq) => sampleOf(fitting.get(seq) ?? ""),
      });
    }
    return found.length > 0 ? findsOf(account, agentId, found) : null;
  }
}

type StoredRule = { id: string; account: string; version: number; draft: RuleRow["draft"] };

/** One row a rule and batch, with the newest line as its sample. */
function findsOf(account: string, agentId: string, found: Found[]): LineFinds {
  return {
    async write(sql, storedSeqs, at) {
      const rows = found.flatMap(({ rule, version, seqs, sampleOf: sample }) => {
        const stored = seqs.filter((seq) => storedSeqs.has(seq));
        const last = stored.at(-1);
        if (last === undefined) return [];
        return [{ rule: rule.id, version, count: stored.length, sample: sample(last) }];
      });
      if (rows.length === 0) return;
      await sql`
        insert into log_hits (account_id, rule_id, rule_version, agent_id, at, count, sample)
        select ${account}, x.rule, x.version, ${agentId}, ${at.toISOString()}::timestamptz, x.count, x.sample
        from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb)
          as x(rule text, version int, count int, sample text)`;
    },
  };
}
