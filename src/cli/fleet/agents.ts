import type { Command } from "commander";
import { agentStatusSchema } from "@/contracts/fleet/status";
import { exitCodes } from "@/contracts/trust/rescue";
import { Failure } from "../connection/fail";
import { itemsOf } from "../connection/pages";
import { printJson, printLine, printTable } from "../connection/print";
import { connect, type ServerOptions, withServer } from "../connection/server";
import { registerAgentsChange } from "./agents-change";
import { registerAgentsPast } from "./agents-past";
import { findAgent } from "./find-agent";

const list = (text: string) => text.split(",").map((part) => part.trim());

/** `mc agents …`: the fleet and what it is called. */
export function registerAgents(program: Command): void {
  const agents = program
    .command("agents")
    .description("the fleet: list, show, add, tag, rename, group, delete, timeline, metrics, uptime");

  withServer(agents.command("list").description("every agent and what it does"))
    .option("--status <status>", "only these")
    .option("--group <group>", "only of this group")
    .option("--tag <tag>", "only with this tag")
    .action(
      async ({
        status,
        group,
        tag,
        ...server
      }: ServerOptions & Record<"status" | "group" | "tag", string>) => {
        const wanted = agentStatusSchema.optional().safeParse(status);
        if (!wanted.success) throw new Failure(`There is no status ${status}.`, exitCodes.usage);
        const client = connect(server);
        const narrowed = { status: wanted.data, group, tag };
        const found = await itemsOf((page) => client.agents.list.query({ ...narrowed, ...page }));
        if (server.json) return printJson(found);
        printTable(
          ["NAME", "STATUS", "DOING", "GROUP", "HOST", "LAST BEAT", "ID"],
          found.map((agent) => [
            agent.name,
            agent.status,
            agent.activity,
            agent.group,
            agent.host,
            agent.lastBeatAt,
            agent.id,
          ]),
        );
      },
    );

  withServer(
    agents.command("show").argument("<agent>", "id or name").description("one agent, with its evidence"),
  ).action(async (name: string, server: ServerOptions) => {
    const agent = await findAgent(connect(server), name);
    if (server.json) return printJson(agent);
    const { evidence, metrics, tags, ...rest } = agent;
    for (const [field, value] of Object.entries({ ...rest, tags: tags.join(", ") })) {
      printLine(`${field.padEnd(14)}${value ?? "–"}`);
    }
    printLine(`${"decided by".padEnd(14)}${evidence.decidedBy}`);
    printLine(`${"cpu".padEnd(14)}${metrics.cpuPercent ?? "–"} %`);
    printLine(`${"memory".padEnd(14)}${metrics.memoryBytes ?? "–"} bytes`);
  });

  withServer(
    agents.command("add").argument("<name>").description("make an agent; its key is shown this once"),
  )
    .option("--group <group>")
    .option("--tags <tags>", "separated by commas", list)
    .action(
      async (
        name: string,
        { group, tags, ...server }: ServerOptions & { group?: string; tags?: string[] },
      ) => {
        const agent = await connect(server).agents.create.mutate({ name, group, tags });
        if (server.json) return printJson(agent);
        printLine(`Made ${agent.name} (${agent.id}). Its key, shown this once:\n${agent.key}`);
      },
    );

  withServer(agents.command("tag").argument("<agent>", "id or name").argument("<tags...>"))
    .description("set the tags of an agent")
    .action(async (name: string, tags: string[], server: ServerOptions) => {
      const client = connect(server);
      const { id } = await findAgent(client, name);
      const agent = await client.agents.change.mutate({ id, tags: tags.flatMap(list) });
      if (server.json) return printJson(agent);
      printLine(`${agent.name}: ${agent.tags.join(", ")}`);
    });

  registerAgentsChange(agents);
  registerAgentsPast(agents);
}
