import { type Command, Option } from "commander";
import type { SentInvitation } from "@/contracts/people/invitation";
import { type Role, roles } from "@/contracts/people/role";
import { itemsOf } from "../connection/pages";
import { printJson, printLine, printTable } from "../connection/print";
import { connect, type ServerOptions, withServer } from "../connection/server";
import { wholeNumber } from "../connection/whole-number";

/** `mc invitations …`: who was asked in by a link. */
export function registerInvitations(program: Command): void {
  const invitations = program
    .command("invitations")
    .description("invitations by link: list, create, send again, revoke");

  withServer(invitations.command("list").description("invitations, the newest first")).action(
    async (server: ServerOptions) => {
      const client = connect(server);
      const items = await itemsOf((page) => client.invitations.list.query(page));
      if (server.json) return printJson(items);
      printTable(
        ["E-MAIL", "ROLE", "BY", "ENDS", "ACCEPTED", "REVOKED", "ID"],
        items.map((item) => [
          item.email,
          item.role,
          item.invitedBy,
          item.expiresAt,
          item.acceptedAt,
          item.revokedAt,
          item.id,
        ]),
      );
    },
  );

  withServer(invitations.command("create").argument("<email>"))
    .description("invite an address; the link is shown this once")
    .addOption(new Option("--role <role>").choices(roles).default("viewer"))
    .option("--days <days>", "the link is good for so many days (7)", wholeNumber(1, 30))
    .action(
      async (email: string, { role, days, ...server }: ServerOptions & { role: Role; days?: number }) => {
        const expires = days === undefined ? {} : { expiresInDays: days };
        const sent = await connect(server).invitations.create.mutate({ email, role, ...expires });
        tell(sent, server);
      },
    );

  withServer(invitations.command("send").argument("<id>"))
    .description("send an invitation again; the link before it is void")
    .action(async (id: string, server: ServerOptions) => {
      tell(await connect(server).invitations.renew.mutate({ id }), server);
    });

  withServer(invitations.command("revoke").argument("<id>"))
    .description("make the link of an invitation void")
    .action(async (id: string, server: ServerOptions) => {
      const gone = await connect(server).invitations.revoke.mutate({ id });
      if (server.json) return printJson(gone);
      printLine(`The link of ${gone.email} opens nothing any more.`);
    });
}

function tell(sent: SentInvitation, server: ServerOptions): void {
  if (server.json) {
    printJson(sent);
    return;
  }
  printLine(
    sent.mailed ? `It is on its way to ${sent.email}. The same link:` : `Hand this link to ${sent.email}:`,
  );
  printLine(sent.link);
}
