import type { Command } from "commander";
import { exitCodes } from "@/contracts/trust/rescue";
import { duration } from "../../connection/duration";
import { Failure } from "../../connection/fail";
import { moment } from "../../connection/moment";
import { printJson, printLine, printTable } from "../../connection/print";
import { connect, type ServerOptions, withServer } from "../../connection/server";
import { sayMade } from "./add";
import { matchersOf, matcherWords } from "./matchers";

type Change = ServerOptions & { match?: string[]; reason?: string; for?: number; until?: string };

/** `mc silences show|change|preview`. */
export function registerChange(silences: Command): void {
  withServer(silences.command("show").argument("<id>").description("a silence or planned work")).action(
    async (id: string, server: ServerOptions) => {
      const found = await connect(server).silences.get.query({ id });
      if (server.json) return printJson(found);
      sayMade(found);
      printLine(`${found.kind} by ${found.createdBy.name}: ${found.reason}`);
    },
  );

  withServer(silences.command("change").argument("<id>"))
    .description("change what is given of a silence or planned work; the rest stays")
    .option("--match <matchers...>", "which: group=web, agent=~web-.*; all have to fit")
    .option("--reason <text>", "why, for everybody to read")
    .option("--for <duration>", "it ends so long from now: 30m, 2h, 1d", duration(1))
    .option("--until <moment>", "an end such as 2026-03-01T12:00:00Z, in place of --for", moment)
    .action(async (id: string, { match, reason, for: ms, until, ...server }: Change) => {
      const endsAt = until ?? (ms === undefined ? undefined : new Date(Date.now() + ms).toISOString());
      const change = {
        ...(match ? { matchers: matchersOf(match) } : {}),
        ...(reason === undefined ? {} : { reason }),
        ...(endsAt === undefined ? {} : { endsAt }),
      };
      if (Object.keys(change).length === 0)
        throw new Failure("Say what changes, by --match, --reason, --for or --until.", exitCodes.usage);
      const changed = await connect(server).silences.change.mutate({ id, ...change });
      if (server.json) return printJson(changed);
      sayMade(changed);
    });

  withServer(silences.command("preview"))
    .description("which of the alerts that fire now would be kept quiet; nothing is made")
    .requiredOption("--match <matchers...>", "which: group=web, agent=~web-.*; all have to fit")
    .action(async ({ match, ...server }: ServerOptions & { match: string[] }) => {
      const matchers = matchersOf(match);
      const found = await connect(server).silences.preview.mutate({ matchers });
      if (server.json) return printJson(found);
      printLine(`${matcherWords(matchers)} fits ${found.matching} of the alerts that fire now.`);
      if (found.items.length === 0) return;
      printTable(
        ["SEVERITY", "SUBJECT", "RULE", "SINCE", "ID"],
        found.items.map(({ severity, subject, ruleName, since, id }) => [
          severity,
          subject.name,
          ruleName,
          since,
          id,
        ]),
      );
    });
}
