import type { Command } from "commander";
import { printJson, printLine, printTable } from "../connection/print";
import { connect, type ServerOptions, withServer } from "../connection/server";
import { overlap } from "../people/given";
import { findAgent } from "./find-agent";

type Given = ServerOptions & { add?: true; revoke?: string; rotate?: string; overlap?: number };

/** `mc agent keys`: keys of an agent, a second one, a new secret for one of them, and the end of one. */
export function registerAgentKeys(agent: Command): void {
  withServer(agent.command("keys").argument("<agent>", "id or name"))
    .description("keys of an agent: when and from where they were used")
    .option("--add", "make a second key, shown this once")
    .option("--revoke <key>", "end the key of this id; a connection that came in by it falls at once")
    .option("--rotate <key>", "id of the key that gets a new secret, shown this once")
    .option(
      "--overlap <time>",
      "how long the old one stays good (default: until the new one is used)",
      overlap,
    )
    .action(async (name: string, { add, revoke, rotate, overlap: overlapMinutes, ...server }: Given) => {
      const client = connect(server);
      const { id } = await findAgent(client, name);
      if (add) {
        const made = await client.agentKeys.create.mutate({ id });
        if (server.json) return printJson(made);
        return printLine(`A second key (${made.id}), shown this once:\n${made.key}`);
      }
      if (revoke !== undefined) {
        await client.agentKeys.revoke.mutate({ id, keyId: revoke });
        if (server.json) return printJson({ ok: true });
        return printLine(`Revoked ${revoke}.`);
      }
      if (rotate !== undefined) {
        const rotated = await client.agentKeys.rotate.mutate({ id, keyId: rotate, overlapMinutes });
        if (server.json) return printJson(rotated);
        const { previous } = rotated;
        const until = previous && (previous.endsAt ?? "this one is used");
        printLine(`New secret of ${rotated.id}, shown this once:\n${rotated.key}`);
        return printLine(until ? `The old one stays good until ${until}.` : "The old one ended at once.");
      }
      const { items } = await client.agentKeys.list.query({ id });
      if (server.json) return printJson(items);
      printTable(
        ["ID", "KEY", "LAST USED", "FROM", "ROTATED", "OLD SECRET", "REVOKED"],
        items.map((key) => [
          key.id,
          key.prefix,
          key.lastUsedAt,
          key.lastUsedFrom,
          key.rotatedAt,
          key.previous && `${key.previous.prefix} until ${key.previous.endsAt ?? "the new one is used"}`,
          key.revokedAt,
        ]),
      );
    });
}
