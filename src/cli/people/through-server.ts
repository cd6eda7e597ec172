import type { Command } from "commander";
import type { ImportedUser } from "@/contracts/people/import-users";
import type { Role } from "@/contracts/people/role";
import { printJson, printLine } from "../connection/print";
import { connect, type ServerOptions } from "../connection/server";
import { findPerson } from "./find-person";

export type MaybeThroughServer = Omit<ServerOptions, "json"> & { throughServer?: true };

/** Options of what can go both ways: to the database of this machine, or through a server wherever it is. */
export const eitherWay = (command: Command): Command =>
  command
    .option("--through-server", "ask the server instead, as you; leaves your name in the log")
    .option("--url <url>", "address of Mission Control; through the server")
    .option("--token <token>", "API token; through the server");

/** Whoever names a server means it. */
export const isThroughServer = ({ throughServer, url, token }: MaybeThroughServer): boolean =>
  throughServer === true || url !== undefined || token !== undefined;

/** With a password somebody who can sign in at once, without one an invitation. */
export async function createThroughServer(
  server: ServerOptions,
  wish: { email: string; name: string; role: Role; password?: string },
): Promise<void> {
  const added = await connect(server).users.create.mutate(wish);
  if (server.json) return printJson(added);
  if (!("link" in added)) return printLine(`Made ${added.email} (${added.id}), ${added.role}.`);
  printLine(
    added.mailed ? `Invited ${added.email} by mail. The same link:` : `Hand this link to ${added.email}:`,
  );
  printLine(added.link);
}

/** Takes people in, all or none. */
export async function importThroughServer(server: ServerOptions, users: ImportedUser[]): Promise<void> {
  const { made, present } = await connect(server).users.import.mutate({ users });
  if (server.json) return printJson({ made, present });
  printLine(`Users made: ${made}.`);
  if (present.length > 0) printLine(`Here already: ${present.join(", ")}`);
}

/** Takes the lock of too many wrong passwords away. */
export async function unlockThroughServer(server: ServerOptions, who: string): Promise<void> {
  const client = connect(server);
  const { id } = await findPerson(client, who);
  const changed = await client.users.change.mutate({ id, unlock: true });
  if (server.json) return printJson(changed);
  printLine(`${changed.email} is not locked.`);
}
