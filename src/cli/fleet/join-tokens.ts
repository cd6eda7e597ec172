import type { Command } from "commander";
import { itemsOf } from "../connection/pages";
import { printJson, printLine, printTable } from "../connection/print";
import { connect, type ServerOptions, withServer } from "../connection/server";
import { wholeNumber } from "../connection/whole-number";

type Made = ServerOptions & { group?: string; uses?: number; minutes?: number };

/** `mc join-tokens …`: how new hosts come in. */
export function registerJoinTokens(program: Command): void {
  const tokens = program
    .command("join-tokens")
    .description("tokens that let new hosts enrol their own agents: list, create, revoke");

  withServer(tokens.command("list").description("join tokens, the newest first")).action(
    async (server: ServerOptions) => {
      const client = connect(server);
      const items = await itemsOf((page) => client.joinTokens.list.query(page));
      if (server.json) return printJson(items);
      printTable(
        ["ID", "TOKEN", "GROUP", "LETS IN", "ENDS", "REVOKED"],
        items.map((item) => [
          item.id,
          item.prefix,
          item.group,
          item.usesLeft ?? "no limit",
          item.expiresAt,
          item.revokedAt,
        ]),
      );
    },
  );

  withServer(tokens.command("create").description("make a join token; it is shown this once"))
    .option("--group <group>", "the agents come into it by themselves")
    .option("--uses <uses>", "how many agents it lets in (default: no limit)", wholeNumber(1, 10_000))
    .option("--minutes <minutes>", "how long it is good for (default: an hour)", wholeNumber(1, 525_600))
    .action(async ({ group, uses, minutes, ...server }: Made) => {
      const made = await connect(server).joinTokens.create.mutate({
        ...(group === undefined ? {} : { group }),
        ...(uses === undefined ? {} : { uses }),
        ...(minutes === undefined ? {} : { expiresInMinutes: minutes }),
      });
      if (server.json) return printJson(made);
      printLine(made.token);
    });

  withServer(tokens.command("revoke").argument("<id>"))
    .description("let nobody in by it any more; agents that came in stay")
    .action(async (id: string, server: ServerOptions) => {
      await connect(server).joinTokens.revoke.mutate({ id });
      if (server.json) return printJson({ ok: true });
      printLine(`Revoked ${id}.`);
    });
}
