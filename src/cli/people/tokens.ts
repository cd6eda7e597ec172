import { type Command, Option } from "commander";
import { permissions, type Role, roles } from "@/contracts/people/role";
import { itemsOf } from "../connection/pages";
import { printJson, printLine, printTable } from "../connection/print";
import { connect, type ServerOptions, withServer } from "../connection/server";
import { wholeNumber } from "../connection/whole-number";
import { scopes } from "./given";

type Made = ServerOptions & { role: Role; days?: number; scopes?: ReturnType<typeof scopes> };

/** `mc tokens …`: API tokens for programs. */
export function registerTokens(program: Command): void {
  const tokens = program
    .command("tokens")
    .description("API tokens of programs: list, create, revoke, and the key that signs access tokens");

  withServer(tokens.command("list").description("your tokens; admins see everybody's")).action(
    async (server: ServerOptions) => {
      const client = connect(server);
      const items = await itemsOf((page) => client.tokens.list.query(page));
      if (server.json) return printJson(items);
      printTable(
        ["ID", "NAME", "TOKEN", "OF", "ROLE", "SCOPES", "LAST USED", "ENDS", "REVOKED"],
        items.map((item) => [
          item.id,
          item.name,
          item.prefix,
          item.madeBy,
          item.role,
          item.scopes?.join(",") ?? "all",
          item.lastUsedAt,
          item.expiresAt,
          item.revokedAt,
        ]),
      );
    },
  );

  withServer(tokens.command("create").argument("<name>").description("make a token; it is shown this once"))
    .addOption(new Option("--role <role>", "at most your own").choices(roles).default("viewer"))
    .option("--scopes <scopes>", `separated by commas, of ${permissions.join(" ")}`, scopes)
    .option("--days <days>", "ends after so many days", wholeNumber(1, 3_650))
    .action(async (name: string, { role, days, scopes: wanted, ...server }: Made) => {
      const token = await connect(server).tokens.create.mutate({
        name,
        role,
        ...(wanted ? { scopes: wanted } : {}),
        ...(days === undefined ? {} : { expiresInDays: days }),
      });
      if (server.json) return printJson(token);
      printLine(token.token);
    });

  withServer(tokens.command("rotate-signing-key"))
    .description("a new key signs access tokens from now on; those of the old one run out")
    .action(async (server: ServerOptions) => {
      const made = await connect(server).oauth.rotateKey.mutate({});
      if (server.json) return printJson(made);
      printLine(`The key ${made.id} signs from now on.`);
    });

  withServer(tokens.command("revoke").argument("<id>").description("end a token at once")).action(
    async (id: string, server: ServerOptions) => {
      const gone = await connect(server).tokens.revoke.mutate({ id });
      if (server.json) return printJson(gone);
      printLine(`Revoked ${gone.name}.`);
    },
  );
}
