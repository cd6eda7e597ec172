import { type Command, Option } from "commander";
import { permissions, type Role, roles } from "@/contracts/people/role";
import { itemsOf } from "../connection/pages";
import { printJson, printLine, printTable } from "../connection/print";
import { connect, type ServerOptions, withServer } from "../connection/server";
import { overlap, scopes } from "./given";

type Made = ServerOptions & { role: Role; scopes?: ReturnType<typeof scopes> };

/** `mc clients …`: machines that come by OAuth2 client credentials. */
export function registerClients(program: Command): void {
  const clients = program
    .command("clients")
    .description("machine clients (OAuth2 client credentials): list, create, rotate, revoke");

  withServer(clients.command("list").description("machine clients, revoked ones too")).action(
    async (server: ServerOptions) => {
      const client = connect(server);
      const items = await itemsOf((page) => client.oauthClients.list.query(page));
      if (server.json) return printJson(items);
      printTable(
        ["ID", "NAME", "ROLE", "SCOPES", "SECRET", "LAST USED", "REVOKED"],
        items.map((item) => [
          item.id,
          item.name,
          item.role,
          item.scopes.join(","),
          item.previous ? `${item.secretPrefix} and ${item.previous.prefix}` : item.secretPrefix,
          item.lastUsedAt,
          item.revokedAt,
        ]),
      );
    },
  );

  withServer(clients.command("create").argument("<name>"))
    .description("make a machine client; its secret is shown this once")
    .addOption(new Option("--role <role>").choices(roles).default("viewer"))
    .option("--scopes <scopes>", `separated by commas, of ${permissions.join(" ")}`, scopes)
    .action(async (name: string, { role, scopes: wanted, ...server }: Made) => {
      const made = await connect(server).oauthClients.create.mutate({
        name,
        role,
        ...(wanted ? { scopes: wanted } : {}),
      });
      if (server.json) return printJson(made);
      printLine(`Made ${made.name} (${made.id}). Its secret, shown this once:\n${made.secret}`);
    });

  withServer(clients.command("rotate").argument("<id>"))
    .description("a new secret, shown this once; the id stays")
    .option(
      "--overlap <time>",
      "how long the old one stays good (default: until the new one is used)",
      overlap,
    )
    .action(
      async (id: string, { overlap: overlapMinutes, ...server }: ServerOptions & { overlap?: number }) => {
        const rotated = await connect(server).oauthClients.rotate.mutate({ id, overlapMinutes });
        if (server.json) return printJson(rotated);
        const until = rotated.previous && (rotated.previous.endsAt ?? "this one is used");
        printLine(`New secret of ${rotated.name}, shown this once:\n${rotated.secret}`);
        printLine(until ? `The old one stays good until ${until}.` : "The old one ended at once.");
      },
    );

  withServer(clients.command("revoke").argument("<id>"))
    .description("end a machine client and its tokens at once")
    .action(async (id: string, server: ServerOptions) => {
      const gone = await connect(server).oauthClients.revoke.mutate({ id });
      if (server.json) return printJson(gone);
      printLine(`Revoked ${gone.name}.`);
    });
}
