import { type Command, Option } from "commander";
import { type SilencesQuery, silencesQuerySchema } from "@/contracts/watch/silence";
import { itemsOf } from "../../connection/pages";
import { printJson, printLine, printTable } from "../../connection/print";
import { connect, type ServerOptions, withServer } from "../../connection/server";
import { registerAdd } from "./add";
import { registerChange } from "./change";
import { matcherWords } from "./matchers";

/** `mc silences …`: what is kept quiet, by whom and why. */
export function registerSilences(program: Command): void {
  const silences = program
    .command("silences")
    .description("what is kept quiet: list, show, add, change, preview, end");

  withServer(silences.command("list").description("those that have not ended first"))
    .addOption(new Option("--state <state>").choices(silencesQuerySchema.shape.state.unwrap().options))
    .action(async ({ state, ...server }: ServerOptions & { state?: SilencesQuery["state"] }) => {
      const client = connect(server);
      const items = await itemsOf((page) =>
        client.silences.list.query({ ...page, ...(state ? { state } : {}) }),
      );
      if (server.json) return printJson(items);
      printTable(
        ["STATE", "KIND", "FITS", "UNTIL", "MATCHING", "BY", "REASON", "ID"],
        items.map((item) => [
          item.state,
          item.kind,
          matcherWords(item.matchers),
          item.endedAt ?? item.activeUntil ?? item.nextAt ?? item.endsAt,
          item.matching,
          item.createdBy.name,
          item.reason,
          item.id,
        ]),
      );
    });

  registerAdd(silences);
  registerChange(silences);

  withServer(silences.command("end").argument("<id>"))
    .description("end it now: what still fires is told")
    .action(async (id: string, server: ServerOptions) => {
      const ended = await connect(server).silences.end.mutate({ id });
      if (server.json) return printJson(ended);
      printLine(`Ended: ${matcherWords(ended.matchers)}`);
    });
}
