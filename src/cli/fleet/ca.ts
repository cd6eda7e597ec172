import type { Command } from "commander";
import { readGivenFile } from "../connection/given-file";
import { printJson, printLine, printTable } from "../connection/print";
import { type Client, connect, type ServerOptions, withServer } from "../connection/server";
import { wholeNumber } from "../connection/whole-number";
import { prepareFolder, writeIssued } from "./ca-files";
import { findAgent } from "./find-agent";

type List = ServerOptions & { expiring?: number };
type Issue = ServerOptions & { days?: number; csr?: string; out?: string };

const days = wholeNumber(1);

/** `mc ca …`: the authority that signs agents' certificates, and what it signed. */
export function registerCa(program: Command): void {
  const ca = program.command("ca").description("certificates of agents: show, issue, list, revoke");

  withServer(ca.command("show").description("the authority's own certificate, PEM")).action(
    async (server: ServerOptions) => {
      const authority = await connect(server).ca.show.query();
      if (server.json) return printJson(authority);
      printLine(authority.certificate.trim());
    },
  );

  withServer(ca.command("issue").argument("<agent>", "id or name"))
    .description("issue a client certificate; a key that is made for it is shown this once")
    .option("--days <days>", "how long it is valid (default: a year)", days)
    .option("--csr <file>", "sign this request; its key stays where it is")
    .option("--out <folder>", "write agent.crt, agent.key (mode 0600) and ca.crt there")
    .action(async (name: string, { days, csr, out, ...server }: Issue) => {
      const request = csr === undefined ? undefined : readGivenFile(csr);
      const client = connect(server);
      const { id, name: known } = await findAgent(client, name);
      if (out !== undefined) prepareFolder(out, request === undefined);
      const issued = await client.agentCertificates.issue.mutate({ id, days, csr: request });
      const written = out === undefined ? [] : writeIssued(out, issued);
      // What is in files already need not be on the screen too.
      if (server.json)
        return printJson(out === undefined ? issued : { ...issued, key: null, files: written });
      printLine(`Issued ${issued.serial} for ${known}, valid until ${issued.expiresAt}.`);
      if (out !== undefined) return printLine(`Written: ${written.join(", ")}`);
      printLine(issued.certificate.trim());
      if (issued.key) printLine(`Its private key, shown this once:\n${issued.key.trim()}`);
    });

  withServer(ca.command("list").argument("[agent]", "id or name; without it, all that let an agent in now"))
    .description("certificates of an agent, or of all, those that end first first")
    .option("--expiring <days>", "of all, only those that end within so many days", days)
    .action(async (name: string | undefined, { expiring, ...server }: List) => {
      const client = connect(server);
      if (name === undefined) return listHeld(client, expiring, server.json ?? false);
      const { id } = await findAgent(client, name);
      const { items } = await client.agentCertificates.list.query({ id });
      if (server.json) return printJson(items);
      printTable(
        ["SERIAL", "ISSUED BY", "EXPIRES", "LAST USED", "FROM", "REVOKED"],
        items.map((item) => [
          item.serial,
          item.issuedBy,
          item.expiresAt,
          item.lastUsedAt,
          item.lastUsedFrom,
          item.revokedAt,
        ]),
      );
    });

  withServer(ca.command("revoke").argument("<agent>", "id or name").argument("<serial>"))
    .description("end a certificate; a connection that came in by it falls at once")
    .action(async (name: string, serial: string, server: ServerOptions) => {
      const client = connect(server);
      const { id, name: known } = await findAgent(client, name);
      await client.agentCertificates.revoke.mutate({ id, serial });
      if (server.json) return printJson({ ok: true });
      printLine(`Revoked ${serial} of ${known}.`);
    });
}

async function listHeld(client: Client, withinDays: number | undefined, json: boolean): Promise<void> {
  const { items } = await client.ca.certificates.query({ withinDays });
  if (json) return printJson(items);
  if (items.length === 0) {
    return printLine(
      withinDays === undefined
        ? "No agent has a certificate that is valid now."
        : `No certificate ends within ${withinDays} days.`,
    );
  }
  printTable(
    ["AGENT", "SERIAL", "EXPIRES", "ENDS IN", "LAST USED"],
    items.map(({ agent, serial, expiresAt, lastUsedAt }) => [
      agent.name,
      serial,
      expiresAt,
      `${Math.max(0, Math.floor((Date.parse(expiresAt) - Date.now()) / 86_400_000))} days`,
      lastUsedAt,
    ]),
  );
}
