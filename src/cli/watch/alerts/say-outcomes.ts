import { exitCodes } from "@/contracts/trust/rescue";
import type { Alert } from "@/contracts/watch/alert";
import type { AlertOutcome } from "@/contracts/watch/several-alerts";
import { Failure } from "../../connection/fail";
import { printJson, printLine } from "../../connection/print";
import type { ServerOptions } from "../../connection/server";

/** What became of each. Ends with 4 when all that was refused does not exist, with 1 when anything else was refused. */
export function sayOutcomes(
  server: ServerOptions,
  outcomes: readonly AlertOutcome[],
  words: (alert: Alert) => string,
): void {
  if (server.json) printJson(outcomes);
  else for (const { alert } of outcomes) if (alert) printLine(words(alert));
  const refused = outcomes.filter(({ error }) => error);
  if (refused.length === 0) return;
  const unknown = refused.every(({ error }) => error?.code === "not-found");
  throw new Failure(
    refused.map(({ id, error }) => `${id}: ${error?.message}`).join("\n"),
    unknown ? exitCodes.notFound : exitCodes.failed,
  );
}
