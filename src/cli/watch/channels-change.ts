import { type Command, Option } from "commander";
import { exitCodes } from "@/contracts/trust/rescue";
import {
  type Channel,
  type ChannelKind,
  type ChannelTemplate,
  channelKinds,
} from "@/contracts/watch/channel";
import { Failure } from "../connection/fail";
import { printJson, printLine } from "../connection/print";
import { type Client, connect, type ServerOptions, withServer } from "../connection/server";
import { wholeNumber } from "../connection/whole-number";

type Words = { title?: string; body?: string };
type Change = ServerOptions &
  Words & {
    name?: string;
    address?: string;
    to?: string[];
    role?: string;
    ourWords?: true;
    perMinute?: number | false;
  };
type Preview = ServerOptions & Words & { kind: ChannelKind; alert?: string };

/** `mc channels change|preview`: what a channel is called, where it sends, in which words, and how often. */
export function registerChannelsChange(channels: Command): void {
  withWords(withServer(channels.command("change").argument("<id>")))
    .description("change what is given of a channel; the rest stays")
    .option("--name <name>")
    .addOption(
      new Option(
        "--address <address>",
        "of the webhook (teams, slack, webhook); a webhook's secret stays",
      ).conflicts(["to", "role"]),
    )
    .addOption(new Option("--to <address...>", "who gets the mails (email)").conflicts("role"))
    .addOption(
      new Option("--role <role>", "lowest role that sees it (inbox)").choices([
        "viewer",
        "operator",
        "admin",
      ]),
    )
    .addOption(
      new Option("--our-words", "in our own words again, without --title and --body").conflicts([
        "title",
        "body",
      ]),
    )
    .option("--per-minute <count>", "most messages in a minute", wholeNumber(1, 240))
    .option("--no-per-minute", "as many as the service takes")
    .action(async (id: string, given: Change) => {
      const client = connect(given);
      const change = changeOf(await channelOf(client, id), given);
      if (Object.keys(change).length === 0)
        throw new Failure("Say what changes; --help tells how.", exitCodes.usage);
      const changed = await client.channels.change.mutate({ id, ...change });
      if (given.json) return printJson(changed);
      printLine(`${changed.name} sends to ${changed.target}.`);
    });

  withWords(withServer(channels.command("preview")))
    .description("show what a message would look like; nothing is sent")
    .addOption(new Option("--kind <kind>").choices(channelKinds).makeOptionMandatory())
    .option("--alert <id>", "about this alert (default: one that is made up)")
    .action(async ({ kind, alert, title, body, ...server }: Preview) => {
      const template = templateOf({ title, body });
      const shown = await connect(server).channels.preview.mutate({
        kind,
        template,
        ...(alert === undefined ? {} : { alertId: alert }),
      });
      if (server.json) return printJson(shown);
      printLine(shown.title);
      printLine(shown.body);
    });
}

const withWords = (command: Command) =>
  command
    .option("--title <text>", "title of messages, with places such as {{title}} and {{subject}}")
    .option("--body <text>", "text of messages, with places such as {{summary}} and {{link}}");

async function channelOf(client: Client, id: string): Promise<Channel> {
  const { items } = await client.channels.list.query({});
  const found = items.find((channel) => channel.id === id);
  if (!found) throw new Failure(`There is no channel ${id}.`, exitCodes.notFound);
  return found;
}

function changeOf(channel: Channel, { name, address, to, role, ourWords, title, body, perMinute }: Change) {
  const config = address ? { url: address } : to ? { to } : role ? { role } : undefined;
  const template = ourWords
    ? null
    : templateOf({
        title: title ?? channel.template?.title ?? undefined,
        body: body ?? channel.template?.body ?? undefined,
      });
  return {
    ...(name === undefined ? {} : { name }),
    ...(config ? { config } : {}),
    ...(ourWords || title !== undefined || body !== undefined ? { template } : {}),
    ...(perMinute === undefined ? {} : { perMinute: perMinute === false ? null : perMinute }),
  };
}

/** Null when it is all in our words. */
const templateOf = ({
  title,
  body,
}: {
  title?: string | undefined;
  body?: string | undefined;
}): ChannelTemplate | null =>
  title === undefined && body === undefined ? null : { title: title ?? null, body: body ?? null };
