import type { Command as Program } from "commander";
import { type Command, type CommandKind, typedWords } from "@/contracts/fleet/command";
import { openCommandStates } from "@/contracts/fleet/command-states";
import { exitCodes } from "@/contracts/trust/rescue";
import { printJson, printLine } from "../connection/print";
import { type Client, connect, type ServerOptions, withServer } from "../connection/server";
import { registerAgentKeys } from "./agent-keys";
import { confirmed } from "./confirm";
import { findAgent } from "./find-agent";

const kinds: Record<string, [CommandKind, string]> = {
  restart: ["restart", "end it gracefully and start it again"],
  kill: ["kill", "end it now; it stays stopped"],
  pause: ["pause", "let it rest"],
  resume: ["resume", "let it go on"],
  check: ["health-check", "ask how it is"],
};
const lookEveryMs = 300;

type Given = ServerOptions & { reason: string; wait: boolean; yes?: true };

/** `mc agent restart …`: guarded actions, with their progress until the end. */
export function registerAgent(program: Program): void {
  const agent = program
    .command("agent")
    .description("act on agents: restart, kill, pause, resume, check, keys");
  for (const [verb, [kind, description]] of Object.entries(kinds)) {
    const made = withServer(
      agent.command(verb).argument("<agents...>", "ids or names").description(description),
    )
      .requiredOption("--reason <reason>", "why; it goes to the audit log")
      .option("--no-wait", "do not wait for the end");
    const word = typedWords[kind];
    if (word) made.option("--yes", `for scripts: do not ask to type ${word}`);
    made.action((names: string[], given: Given) => command(kind, names, given));
  }
  registerAgentKeys(agent);
}

async function command(
  kind: CommandKind,
  names: string[],
  { reason, wait, yes, ...server }: Given,
): Promise<void> {
  const client = connect(server);
  const agents = await Promise.all(names.map((name) => findAgent(client, name)));
  if (!yes) {
    await confirmed(
      kind,
      agents.map(({ name }) => name),
    );
  }
  const agentIds = agents.map(({ id }) => id);
  const { items } = await client.commands.request.mutate({ kind, reason, agentIds });
  const ended = wait ? await untilEnded(client, items, server.json !== true) : items;
  if (server.json) printJson(ended);
  else if (!wait) for (const { agentName, state, id } of items) printLine(`${agentName}: ${state} (${id})`);
  if (wait && ended.some(({ state }) => state !== "succeeded")) process.exitCode = exitCodes.failed;
}

/** Looks until every command has ended, telling each change on the way. A deadline of the server ends them all. */
async function untilEnded(client: Client, commands: Command[], tell: boolean): Promise<Command[]> {
  const latest = new Map(commands.map((each) => [each.id, each]));
  const told = new Map<string, string>();
  for (;;) {
    for (const { id, agentName, state, progress, message } of tell ? latest.values() : []) {
      const percent = progress === null ? "" : ` ${Math.round(progress)} %`;
      const line = `${agentName}: ${state}${percent}${message ? `: ${message}` : ""}`;
      if (told.get(id) !== line) printLine(line);
      told.set(id, line);
    }
    const open = [...latest.values()].filter(({ state }) => openCommandStates.includes(state));
    if (open.length === 0) return [...latest.values()];
    await new Promise((resolve) => setTimeout(resolve, lookEveryMs));
    for (const { id } of open) latest.set(id, await client.commands.get.query({ id }));
  }
}
