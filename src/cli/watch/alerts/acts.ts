import { type Command, Option } from "commander";
import type { Alert } from "@/contracts/watch/alert";
import { type AlertOutcome, mostAlertsAtOnce } from "@/contracts/watch/several-alerts";
import { duration } from "../../connection/duration";
import { printJson, printLine } from "../../connection/print";
import { type Client, connect, type ServerOptions, withServer } from "../../connection/server";
import { findAssignee } from "./find-assignee";
import { sayOutcomes } from "./say-outcomes";

/** `mc alerts ack|unack|assign|comment|snooze`: one alert or many, each with its own outcome. */
export function registerActs(alerts: Command): void {
  withServer(alerts.command("ack").argument("<ids...>"))
    .description("say that you are on it, until it resolves")
    .option("--note <text>", "what you know so far")
    .option("--take-over", "also what somebody else has")
    .action(async (ids: string[], { note, takeOver, ...server }: Acked) => {
      const wish = { note: note ?? null, takeOver: takeOver ?? false };
      await each(server, ids, (client, some) =>
        client.alerts.acknowledgeSeveral.mutate({ ids: some, ...wish }),
      )((alert) => `${titleOf(alert)}: acknowledged by ${alert.acknowledgedBy}`);
    });

  withServer(alerts.command("unack").argument("<ids...>"))
    .description("say that nobody is on it any more")
    .action((ids: string[], server: ServerOptions) =>
      each(server, ids, (client, some) => client.alerts.unacknowledgeSeveral.mutate({ ids: some }))(
        (alert) => `${titleOf(alert)}: nobody has it`,
      ),
    );

  withServer(alerts.command("assign").argument("<ids...>"))
    .description("ask a person to take care of it")
    .requiredOption("--to <person>", "a name or id, me, or nobody")
    .action(async (ids: string[], { to, ...server }: ServerOptions & { to: string }) => {
      const userId = await findAssignee(connect(server), to);
      await each(server, ids, (client, some) => client.alerts.assignSeveral.mutate({ ids: some, userId }))(
        (alert) => `${titleOf(alert)}: assigned to ${alert.assignedTo?.name ?? "nobody"}`,
      );
    });

  withServer(alerts.command("snooze").argument("<ids...>"))
    .description("tell nobody of it for a time")
    .addOption(
      new Option("--for <duration>", "30m, 2h, 1d; a week at most")
        .argParser(duration())
        .default(3_600_000, "1h"),
    )
    .option("--end", "tell of it again")
    .action((ids: string[], { for: ms, end, ...server }: Snoozed) =>
      each(server, ids, (client, some) =>
        client.alerts.snoozeSeveral.mutate({ ids: some, forMs: end ? null : ms }),
      )(
        (alert) =>
          `${titleOf(alert)}: ${alert.snoozedUntil ? `quiet until ${alert.snoozedUntil}` : "told again"}`,
      ),
    );

  withServer(alerts.command("comment").argument("<id>").argument("<words...>"))
    .description("add words to its story")
    .action(async (id: string, words: string[], server: ServerOptions) => {
      const comment = await connect(server).alerts.comment.mutate({ id, text: words.join(" ") });
      if (server.json) return printJson(comment);
      printLine(`${comment.author.name}: ${comment.text}`);
    });
}

type Acked = ServerOptions & { note?: string; takeOver?: boolean };
type Snoozed = ServerOptions & { for: number; end?: boolean };

const titleOf = (alert: Alert) => `${alert.subject.name}: ${alert.ruleName}`;

/** The act for as many as one call takes at a time; then what became of each, in words for the alert as it is now. */
function each(
  server: ServerOptions,
  ids: string[],
  act: (client: Client, some: string[]) => Promise<{ items: AlertOutcome[] }>,
) {
  return async (words: (alert: Alert) => string): Promise<void> => {
    const client = connect(server);
    const outcomes: AlertOutcome[] = [];
    for (let at = 0; at < ids.length; at += mostAlertsAtOnce) {
      outcomes.push(...(await act(client, ids.slice(at, at + mostAlertsAtOnce))).items);
    }
    sayOutcomes(server, outcomes, words);
  };
}
