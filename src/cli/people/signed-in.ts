import type { SignedInProgram } from "@/contracts/people/oauth";
import type { Session } from "@/contracts/people/user";
import { printTable } from "../connection/print";

/** Where somebody is signed in, browsers first, as the console's page has it. */
export function printSignedIn(browsers: readonly Session[], programs: readonly SignedInProgram[]): void {
  printTable(
    ["KIND", "WHAT", "CAME BY", "FROM", "SINCE", "LAST USED", "ENDS", "ID"],
    [
      ...browsers.map((item) => [
        "browser",
        item.userAgent,
        item.cameBy,
        item.ip,
        item.createdAt,
        item.lastSeenAt,
        item.expiresAt,
        item.id,
      ]),
      ...programs.map((item) => [
        "program",
        item.current ? `${item.name} (this one)` : item.name,
        "code",
        item.ip,
        item.signedInAt,
        item.lastUsedAt,
        item.expiresAt,
        item.id,
      ]),
    ],
  );
}
