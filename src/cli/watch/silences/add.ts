import { type Command, Option } from "commander";
import type { Silence } from "@/contracts/watch/silence";
import { duration } from "../../connection/duration";
import { moment } from "../../connection/moment";
import { printJson, printLine } from "../../connection/print";
import { connect, type ServerOptions, withServer } from "../../connection/server";
import { matchersOf, matcherWords } from "./matchers";
import { whenWords } from "./when-words";

type Wish = ServerOptions & { match: string[]; reason: string; for: number; until?: string };

/** `mc silences add`: quiet from now on, for a time. */
export function registerAdd(silences: Command): void {
  withServer(silences.command("add"))
    .description("keep alerts quiet from now on")
    .requiredOption(
      "--match <matchers...>",
      "which: group=web, agent=~web-.*, severity!=critical; all have to fit",
    )
    .requiredOption("--reason <text>", "why, for everybody to read")
    .addOption(new Option("--for <duration>", "30m, 2h, 1d").argParser(duration(1)).default(3_600_000, "1h"))
    .option("--until <moment>", "an end such as 2026-03-01T12:00:00Z, in place of --for", moment)
    .action(async ({ match, reason, for: ms, until, ...server }: Wish) => {
      const endsAt = until ?? new Date(Date.now() + ms).toISOString();
      const made = await connect(server).silences.create.mutate({
        matchers: matchersOf(match),
        reason,
        endsAt,
      });
      if (server.json) return printJson(made);
      sayMade(made);
    });
}

/** What there is, and how much it keeps quiet at this moment. */
export function sayMade(made: Silence): void {
  printLine(`${matcherWords(made.matchers)}: ${whenWords(made)}`);
  printLine(`It fits ${made.matching} of the alerts that fire now.`);
  printLine(made.id);
}
