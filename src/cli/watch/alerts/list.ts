import { type Command, Option } from "commander";
import { type AlertState, alertStateSchema } from "@/contracts/watch/alert";
import { type ConditionKind, conditionKinds } from "@/contracts/watch/condition";
import { type Severity, severities } from "@/contracts/watch/rule";
import { itemsOf } from "../../connection/pages";
import { printJson, printTable } from "../../connection/print";
import { connect, type ServerOptions, withServer } from "../../connection/server";
import { findAgent } from "../../fleet/find-agent";

type Narrowed = ServerOptions & {
  state?: AlertState;
  severity?: Severity;
  kind?: ConditionKind;
  rule?: string;
  agent?: string;
  group?: string;
  assignedTo?: string;
  mine?: true;
  search?: string;
  acknowledged?: boolean;
  muted?: boolean;
  pending?: boolean;
};

/** `mc alerts list|inhibited`: every alert that fits, firing ones first; and which ones another speaks for. */
export function registerList(alerts: Command): void {
  withServer(alerts.command("list").description("firing ones first"))
    .addOption(new Option("--state <state>").choices(alertStateSchema.options))
    .addOption(new Option("--severity <severity>").choices(severities))
    .addOption(new Option("--kind <kind>").choices(conditionKinds))
    .option("--rule <id>", "of this rule")
    .option("--agent <id or name>", "about this agent")
    .option("--group <group>", "of this group")
    .option("--assigned-to <id>", "a person's id, me or nobody")
    .option("--mine", "assigned to you, or acknowledged by you")
    .option("--search <text>", "a part of the subject, the rule, the group, the host or the summary")
    .option("--acknowledged", "somebody has it")
    .option("--no-acknowledged", "nobody has it")
    .option("--muted", "firing, but silenced, snoozed or muted by another one at this moment")
    .option("--no-muted", "firing and told")
    .option("--pending", "trouble that has not lasted long enough yet, by rule and agent only")
    .action(async ({ pending, ...given }: Narrowed) => (pending ? listPending(given) : list(given)));

  withServer(alerts.command("inhibited"))
    .description("firing ones that are not told because another one speaks for them")
    .action(async (server: ServerOptions) => {
      const { items } = await connect(server).alerts.inhibited.query({});
      if (server.json) return printJson(items);
      printTable(
        ["SPOKEN FOR BY", "INHIBITION", "COUNT", "ALERTS"],
        items.map(({ source, by, matching, fits }) => [source, by, matching, fits.join(" ")]),
      );
    });
}

async function list({ state, severity, kind, rule, group, search, ...given }: Narrowed) {
  const client = connect(given);
  const agent = given.agent === undefined ? undefined : await findAgent(client, given.agent);
  const narrowed = {
    ...(state ? { state } : {}),
    ...(severity ? { severity } : {}),
    ...(kind ? { kind } : {}),
    ...(rule ? { ruleId: rule } : {}),
    ...(agent ? { agentId: agent.id } : {}),
    ...(group ? { group } : {}),
    ...(given.assignedTo ? { assignedTo: given.assignedTo } : {}),
    ...(given.mine ? { mine: true } : {}),
    ...(search ? { q: search } : {}),
    ...(given.acknowledged === undefined ? {} : { acknowledged: given.acknowledged }),
    ...(given.muted === undefined ? {} : { muted: given.muted }),
  };
  const items = await itemsOf((page) => client.alerts.list.query({ ...page, ...narrowed }));
  if (given.json) return printJson(items);
  printTable(
    ["STATE", "SEVERITY", "SUBJECT", "RULE", "SINCE", "ACKNOWLEDGED BY", "ASSIGNED TO", "ID"],
    items.map((alert) => [
      alert.state,
      alert.severity,
      alert.subject.name,
      alert.ruleName,
      alert.since,
      alert.acknowledgedBy,
      alert.assignedTo?.name ?? null,
      alert.id,
    ]),
  );
}

async function listPending({ rule, ...given }: Narrowed) {
  const client = connect(given);
  const agent = given.agent === undefined ? undefined : await findAgent(client, given.agent);
  const narrowed = { ...(rule ? { ruleId: rule } : {}), ...(agent ? { agentId: agent.id } : {}) };
  const items = await itemsOf((page) => client.alerts.pending.query({ ...page, ...narrowed }));
  if (given.json) return printJson(items);
  printTable(
    ["SEVERITY", "SUBJECT", "RULE", "SINCE", "FIRES AT", "SUMMARY"],
    items.map(({ severity, subject, ruleName, since, firesAt, summary }) => [
      severity,
      subject.name,
      ruleName,
      since,
      firesAt,
      summary,
    ]),
  );
}
