import type { Command } from "commander";
import { exitCodes } from "@/contracts/trust/rescue";
import { Failure } from "../connection/fail";
import { printJson, printLine, printTable } from "../connection/print";
import { connect, type ServerOptions, withServer } from "../connection/server";
import { findAgent } from "./find-agent";

type Given = ServerOptions & { rotate?: string; overlap?: number };

const minutesOf: Record<string, number> = { m: 1, h: 60, d: 1_440 };

function overlap(text: string): number {
  const [, count, unit = "m"] = /^(\d+)([mhd])?$/.exec(text) ?? [];
  if (count === undefined) throw new Failure("Give an overlap such as 30m, 12h, 7d or 0.", exitCodes.usage);
  return Number(count) * (minutesOf[unit] ?? 1);
}

/** `mc agent keys`: keys of an agent, and a new secret for one of them. */
export function registerAgentKeys(agent: Command): void {
  withServer(agent.command("keys").argument("<agent>", "id or name"))
    .description("keys of an agent: when and from where they were used; --rotate gives one a new secret")
    .option("--rotate <key>", "id of the key that gets a new secret, shown this once")
    .option(
      "--overlap <time>",
      "how long the old one stays good (default: until the new one is used)",
      overlap,
    )
    .action(async (name: string, { rotate, overlap: overlapMinutes, ...server }: Given) => {
      const client = connect(server);
      const { id } = await findAgent(client, name);
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
