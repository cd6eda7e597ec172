import type { RuleDraft } from "@/contracts/watch/rule";
import { alerts, rules } from "@/db/schema";
import { type Ground, mainAccount } from "@/domain/kernel";
import type { AlertRow } from "@/domain/watch/alerts/view";
import { plainAlert } from "./plain-alert";

/** A rule that stands in the table, for alerts to belong to. */
export async function addRuleRow(
  ground: Ground,
  { account = mainAccount, ...over }: Partial<RuleDraft> & { account?: string } = {},
): Promise<{ id: string; name: string }> {
  const now = ground.clock.now();
  const draft: RuleDraft = {
    name: "Agent is offline",
    scope: { kind: "all" },
    except: [],
    condition: { kind: "offline" },
    forMs: 0,
    recoverMs: 0,
    noData: "keep",
    onError: "keep",
    flap: null,
    severity: "warning",
    labels: {},
    quiet: [],
    channelIds: [],
    runbook: null,
    enabled: true,
    ...over,
  };
  const id = ground.ids.id("rul");
  await ground.db.orm
    .insert(rules)
    .values({ id, accountId: account, version: 1, draft, createdAt: now, changedAt: now });
  return { id, name: draft.name };
}

/** An alert that fires, as if the rule had fired it just now; its subject has a name of its own. */
export async function addAlertRow(
  ground: Ground,
  rule: { id: string; name: string },
  over: Partial<AlertRow> = {},
): Promise<AlertRow> {
  const now = ground.clock.now();
  const id = over.id ?? ground.ids.id("alr");
  const row: AlertRow = {
    ...plainAlert(now),
    id,
    ruleId: rule.id,
    ruleName: rule.name,
    subjectId: `agt_${id}`,
    subjectName: `agent-${id.slice(-6)}`,
    agentId: `agt_${id}`,
    group: "cron-workers",
    host: "web-1",
    tags: ["nightly"],
    summary: "Fell silent 30 s ago.",
    since: new Date(now.getTime() - 30_000),
    ...over,
  };
  await ground.db.orm.insert(alerts).values(row);
  return row;
}
