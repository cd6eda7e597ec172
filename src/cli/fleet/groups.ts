import type { Command } from "commander";
import { printJson, printLine, printTable } from "../connection/print";
import { connect, type ServerOptions, withServer } from "../connection/server";

/** `mc groups …`: groups of agents; `mc agents group` puts an agent into one. */
export function registerGroups(program: Command): void {
  const groups = program.command("groups").description("groups of agents: list, add");

  withServer(groups.command("list").description("groups and how many agents are in each")).action(
    async (server: ServerOptions) => {
      const { items } = await connect(server).groups.list.query({});
      if (server.json) return printJson(items);
      printTable(
        ["NAME", "AGENTS", "ID"],
        items.map(({ name, agents, id }) => [name, agents, id]),
      );
    },
  );

  withServer(groups.command("add").argument("<name>").description("make an empty group")).action(
    async (name: string, server: ServerOptions) => {
      const made = await connect(server).groups.create.mutate({ name });
      if (server.json) return printJson(made);
      printLine(`Made ${made.name} (${made.id}).`);
    },
  );
}
