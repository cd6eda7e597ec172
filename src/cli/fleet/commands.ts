import { Option, type Command as Program } from "commander";
import type { Command, CommandState } from "@/contracts/fleet/command";
import { commandStates } from "@/contracts/fleet/command-states";
import { itemsOf, withLimit } from "../connection/pages";
import { printJson, printLine, printTable } from "../connection/print";
import { connect, type ServerOptions, withServer } from "../connection/server";
import { findAgent } from "./find-agent";

type Narrowed = ServerOptions & { state?: CommandState; agent?: string; limit: number };

/** `mc commands …`: what agents were told to do, and how far it is; `mc agent` tells them. */
export function registerCommands(program: Program): void {
  const commands = program.command("commands").description("what agents were told to do: list, show, cancel");

  withLimit(withServer(commands.command("list").description("commands, the newest first")))
    .addOption(new Option("--state <state>").choices(commandStates))
    .option("--agent <id or name>", "of this agent")
    .action(async ({ state, agent, limit, ...server }: Narrowed) => {
      const client = connect(server);
      const agentId = agent === undefined ? undefined : (await findAgent(client, agent)).id;
      const items = await itemsOf((page) => client.commands.list.query({ state, agentId, ...page }), limit);
      if (server.json) return printJson(items);
      printTable(
        ["AT", "AGENT", "KIND", "STATE", "BY", "REASON", "ID"],
        items.map((item) => [
          item.requestedAt,
          item.agentName,
          item.kind,
          item.state,
          item.requestedBy.name,
          item.reason,
          item.id,
        ]),
      );
    });

  withServer(commands.command("show").argument("<id>").description("one command, with its times")).action(
    async (id: string, server: ServerOptions) => {
      const found = await connect(server).commands.get.query({ id });
      if (server.json) return printJson(found);
      for (const [name, value] of linesOf(found)) if (value) printLine(`${name.padEnd(14)}${value}`);
    },
  );

  withServer(commands.command("cancel").argument("<id>"))
    .description("take back a command that no agent has got yet")
    .action(async (id: string, server: ServerOptions) => {
      const cancelled = await connect(server).commands.cancel.mutate({ id });
      if (server.json) return printJson(cancelled);
      printLine(`${cancelled.agentName}: ${cancelled.kind} ${cancelled.state}`);
    });
}

const linesOf = (command: Command): [string, string | null][] => [
  ["Agent", command.agentName],
  ["Kind", command.kind],
  ["State", command.state],
  ["Reason", command.reason],
  ["By", command.requestedBy.name],
  ["Requested", command.requestedAt],
  ["Deadline", command.deadlineAt],
  ["Sent", command.sentAt],
  ["Acknowledged", command.acknowledgedAt],
  ["Running", command.runningAt],
  ["Finished", command.finishedAt],
  ["Message", command.message],
];
