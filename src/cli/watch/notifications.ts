import { type Command, Option } from "commander";
import { type Notification, notificationStates } from "@/contracts/watch/notification";
import { itemsOf, withLimit } from "../connection/pages";
import { printJson, printLine, printTable } from "../connection/print";
import { connect, type ServerOptions, withServer } from "../connection/server";

type Filter = { state?: Notification["state"]; channel?: string; alert?: string; limit: number };

/** `mc notifications …`: the delivery log. */
export function registerNotifications(program: Command): void {
  const notifications = program.command("notifications").description("the delivery log: list, show, retry");

  withLimit(withServer(notifications.command("list").description("messages, the newest first")))
    .addOption(new Option("--state <state>").choices(notificationStates))
    .option("--channel <id>", "of this channel")
    .option("--alert <id>", "that tell of this alert")
    .action(async ({ state, channel, alert, limit, ...server }: ServerOptions & Filter) => {
      const client = connect(server);
      const narrowed = {
        ...(state ? { state } : {}),
        ...(channel ? { channelId: channel } : {}),
        ...(alert ? { alertId: alert } : {}),
      };
      const items = await itemsOf((page) => client.notifications.list.query({ ...narrowed, ...page }), limit);
      if (server.json) return printJson(items);
      printTable(
        ["AT", "EVENT", "ABOUT", "CHANNEL", "STATE", "TRIES", "LAST ANSWER", "ID"],
        items.map((item) => [
          item.createdAt,
          item.event,
          item.title,
          item.channelName,
          item.state,
          item.attempts,
          item.lastAnswer,
          item.id,
        ]),
      );
    });

  withServer(notifications.command("show").argument("<id>"))
    .description("a message, what it tells of, and what each try met")
    .action(async (id: string, server: ServerOptions) => {
      const message = await connect(server).notifications.get.query({ id });
      if (server.json) return printJson(message);
      printLine(`${message.title} → ${message.channelName}: ${message.event}, ${message.state}`);
      for (const alert of message.alerts) printLine(`  ${alert.as}: ${alert.title} (${alert.id})`);
      printTable(
        ["AT", "TOOK MS", "STATUS", "ANSWER"],
        message.tries.map(({ at, tookMs, status, answer }) => [at, tookMs, status, answer]),
      );
    });

  withServer(notifications.command("retry").argument("<id>"))
    .description("send a message again that was given up")
    .action(async (id: string, server: ServerOptions) => {
      const message = await connect(server).notifications.retry.mutate({ id });
      if (server.json) return printJson(message);
      printLine(`${message.title} is sent to ${message.channelName} again.`);
    });
}
