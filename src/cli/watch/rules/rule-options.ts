import { type Command, Option } from "commander";
import { exitCodes } from "@/contracts/trust/rescue";
import { conditionKinds } from "@/contracts/watch/condition";
import { type Rule, type RuleScope, type Severity, severities } from "@/contracts/watch/rule";
import { duration, durationOf, durationWords } from "../../connection/duration";
import { Failure } from "../../connection/fail";
import type { Client } from "../../connection/server";
import { findAgent } from "../../fleet/find-agent";

export type RuleOptions = {
  name?: string;
  when?: string[];
  scope?: string;
  except?: string[];
  severity?: Severity;
  for?: number;
  recover?: number;
  channel?: string[];
  byRoutes?: boolean;
  runbook?: string;
};

type Words = Partial<
  Pick<Rule, "name" | "scope" | "except" | "severity" | "forMs" | "recoverMs" | "channelIds" | "runbook">
> & { condition?: Rule["condition"] };

/** What can be said of a rule on a command line; a file says everything. */
export function withRuleOptions(command: Command): Command {
  return command
    .option("--name <name>")
    .option(
      "--when <words...>",
      `kind and its values, such as: stuck after=15m (${conditionKinds.join(", ")})`,
    )
    .option("--scope <scope>", "all, group:<group>, tag:<tag> or agents:<name>,<name>")
    .option("--except <scopes...>", "exceptions from the scope; none takes all of them away")
    .addOption(new Option("--severity <severity>").choices(severities))
    .option("--for <duration>", "how long it has to last: 90s, 5m, 2h", duration())
    .option("--recover <duration>", "how long it has to be over", duration())
    .option("--channel <names...>", "channels that are told directly")
    .option("--by-routes", "no channels of its own: the routes decide")
    .option("--runbook <text>", "what to do about it");
}

/** The options in the words of the contract; what was not given is absent. */
export async function wordsOf(client: Client, given: RuleOptions): Promise<Words> {
  const words: Words = {};
  if (given.name !== undefined) words.name = given.name;
  if (given.severity) words.severity = given.severity;
  if (given.for !== undefined) words.forMs = given.for;
  if (given.recover !== undefined) words.recoverMs = given.recover;
  if (given.runbook !== undefined) words.runbook = given.runbook || null;
  if (given.when) words.condition = conditionOf(given.when);
  if (given.scope) words.scope = await scopeOf(client, given.scope);
  if (given.except) {
    const scopes = given.except.filter((text) => text !== "none");
    words.except = await Promise.all(scopes.map((text) => scopeOf(client, text)));
  }
  if (given.byRoutes) words.channelIds = [];
  else if (given.channel) words.channelIds = await channelIds(client, given.channel);
  return words;
}

/** `stuck after=15m`; the server says what is wrong with the values. */
function conditionOf([kind = "", ...words]: string[]): Rule["condition"] {
  const values = words.map((word): [string, unknown] => {
    const at = word.indexOf("=");
    if (at < 1) throw new Failure(`${word} is not of the form name=value.`, exitCodes.usage);
    return valueOfWord(word.slice(0, at), word.slice(at + 1));
  });
  return { kind, ...Object.fromEntries(values) } as Rule["condition"];
}

function valueOfWord(name: string, text: string): [string, unknown] {
  if (["after", "window", "within"].includes(name)) {
    const ms = durationOf(text);
    if (ms === null) throw new Failure(`${name}=${text}: ${durationWords}`, exitCodes.usage);
    return [`${name}Ms`, ms];
  }
  if (["value", "count", "percent", "atLeast"].includes(name)) return [name, Number(text)];
  if (["kinds", "of"].includes(name)) return [name, text.split(",").filter(Boolean)];
  return [name, name === "regex" ? text === "true" : text];
}

async function scopeOf(client: Client, text: string): Promise<RuleScope> {
  const [, kind, rest = ""] = /^(all|group|tag|agents)(?::(.+))?$/s.exec(text) ?? [];
  if (kind === "all" && !rest) return { kind };
  if (kind === "group" && rest) return { kind, group: rest };
  if (kind === "tag" && rest) return { kind, tag: rest };
  if (kind === "agents" && rest) {
    const found = await Promise.all(rest.split(",").map((name) => findAgent(client, name.trim())));
    return { kind, agentIds: found.map(({ id }) => id) };
  }
  const forms = "all, group:<group>, tag:<tag> or agents:<name>,<name>";
  throw new Failure(`${text} is no scope: give ${forms}.`, exitCodes.usage);
}

async function channelIds(client: Client, names: string[]): Promise<string[]> {
  const { items } = await client.channels.list.query({});
  return names.map((wanted) => {
    const [found, another] = items.filter(({ id, name }) => id === wanted || name === wanted);
    if (!found) throw new Failure(`There is no channel called ${wanted}.`, exitCodes.notFound);
    if (another) throw new Failure(`Several channels are called ${wanted}: give the id.`, exitCodes.usage);
    return found.id;
  });
}
