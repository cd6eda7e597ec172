import type { Command } from "commander";
import { maxPageSize } from "@/contracts/kernel/page";
import { printJson, printLine, printTable } from "../connection/print";
import { connect, type ServerOptions, withServer } from "../connection/server";
import { wholeNumber } from "../connection/whole-number";

/** `mc inbox`: what the console would have told you. */
export function registerInbox(program: Command): void {
  withServer(program.command("inbox").description("messages of the console's inbox, the newest first"))
    .option("--limit <count>", "so many at most", wholeNumber(1, maxPageSize), 20)
    .option("--read", "say that you have seen all of them")
    .action(async ({ limit, read, ...server }: ServerOptions & { limit: number; read?: true }) => {
      const client = connect(server);
      const { items, ...told } = await client.inbox.list.query({ limit });
      const newest = items[0]?.id;
      const { unread } =
        read && newest !== undefined ? await client.inbox.read.mutate({ through: newest }) : told;
      if (server.json) return printJson({ items, unread });
      printTable(
        ["AT", "", "SEVERITY", "TITLE"],
        items.map((item) => [item.at, item.read ? "" : "new", item.severity, item.title]),
      );
      printLine(unread === 1 ? "1 is unread." : `${unread} are unread.`);
    });
}
