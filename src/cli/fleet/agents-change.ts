import type { Command } from "commander";
import { printJson, printLine } from "../connection/print";
import { connect, type ServerOptions, withServer } from "../connection/server";
import { typedToDelete } from "../connection/typed-to-delete";
import { findAgent } from "./find-agent";

/** `mc agents rename|group|delete`: what an agent is called and where it belongs, and its end. */
export function registerAgentsChange(agents: Command): void {
  withServer(agents.command("rename").argument("<agent>", "id or name").argument("<name>"))
    .description("give an agent another name; its id, keys and past stay")
    .action(async (agent: string, name: string, server: ServerOptions) => {
      const client = connect(server);
      const { id, name: before } = await findAgent(client, agent);
      const changed = await client.agents.change.mutate({ id, name });
      if (server.json) return printJson(changed);
      printLine(`${before} is called ${changed.name} now.`);
    });

  withServer(agents.command("group").argument("<agent>", "id or name").argument("[group]"))
    .description("put an agent into a group; without one it is taken out of its group")
    .action(async (agent: string, group: string | undefined, server: ServerOptions) => {
      const client = connect(server);
      const { id } = await findAgent(client, agent);
      const changed = await client.agents.change.mutate({ id, group: group ?? null });
      if (server.json) return printJson(changed);
      printLine(`${changed.name}: ${changed.group ?? "in no group"}`);
    });

  withServer(agents.command("delete").argument("<agent>", "id or name"))
    .description("delete an agent; its keys stop working at once")
    .option("--yes", "without asking")
    .action(async (agent: string, { yes, ...server }: ServerOptions & { yes?: true }) => {
      const client = connect(server);
      const { id, name } = await findAgent(client, agent);
      await typedToDelete(name, "agent", yes);
      await client.agents.remove.mutate({ id });
      if (server.json) return printJson({ ok: true });
      printLine(`Deleted ${name}.`);
    });
}
