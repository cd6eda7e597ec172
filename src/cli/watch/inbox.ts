import type { Command } from "commander";
import { itemsOf, withLimit } from "../connection/pages";
import { printJson, printLine, printTable } from "../connection/print";
import { connect, type ServerOptions, withServer } from "../connection/server";

/** `mc inbox`: what the console would have told you. */
export function registerInbox(program: Command): void {
  const inbox = program.command("inbox").description("messages of the console's inbox, the newest first");
  withLimit(withServer(inbox), 20)
    .option("--read", "say that you have seen all of them")
    .action(async ({ limit, read, ...server }: ServerOptions & { limit: number; read?: true }) => {
      const client = connect(server);
      let unread = 0;
      const items = await itemsOf(async (asked) => {
        const page = await client.inbox.list.query(asked);
        unread = page.unread;
        return page;
      }, limit);
      const newest = items[0]?.id;
      if (read && newest !== undefined) ({ unread } = await client.inbox.read.mutate({ through: newest }));
      if (server.json) return printJson({ items, unread });
      printTable(
        ["AT", "", "SEVERITY", "TITLE"],
        items.map((item) => [item.at, item.read ? "" : "new", item.severity, item.title]),
      );
      printLine(unread === 1 ? "1 is unread." : `${unread} are unread.`);
    });
}
