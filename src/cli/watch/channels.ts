import { type Command, Option } from "commander";
import { exitCodes } from "@/contracts/trust/rescue";
import { type Channel, type ChannelKind, channelKinds, type NewChannel } from "@/contracts/watch/channel";
import { Failure } from "../connection/fail";
import { printJson, printLine, printTable } from "../connection/print";
import { connect, type ServerOptions, withServer } from "../connection/server";
import { wholeNumber } from "../connection/whole-number";
import { registerChannelsChange } from "./channels-change";

type Wish = {
  address?: string;
  to?: string[];
  secret?: string;
  role?: "viewer" | "operator" | "admin";
  perMinute?: number;
};

/** `mc channels …`: where messages go. */
export function registerChannels(program: Command): void {
  const channels = program
    .command("channels")
    .description("where messages go: list, create, change, preview, test, retry, on, off, delete");

  withServer(channels.command("list").description("channels, oldest first")).action(
    async (server: ServerOptions) => {
      const { items } = await connect(server).channels.list.query({});
      if (server.json) return printJson(items);
      printTable(
        ["NAME", "KIND", "TARGET", "STATE", "LAST DELIVERED", "ID"],
        items.map((channel) => [
          channel.name,
          channel.kind,
          channel.target,
          stateOf(channel),
          channel.lastDeliveredAt,
          channel.id,
        ]),
      );
    },
  );

  withServer(channels.command("create").argument("<name>"))
    .description("add a channel; a webhook's secret that we make is shown this once")
    .addOption(new Option("--kind <kind>").choices(channelKinds).makeOptionMandatory())
    .option("--address <address>", "of the webhook (teams, slack, webhook)")
    .option("--to <address...>", "who gets the mails (email)")
    .option("--secret <secret>", "secret that signs, one is made unless given (webhook)")
    .addOption(
      new Option("--role <role>", "lowest role that sees it (inbox)").choices([
        "viewer",
        "operator",
        "admin",
      ]),
    )
    .option("--per-minute <count>", "most messages in a minute", wholeNumber(1, 240))
    .action(async (name: string, { kind, ...options }: ServerOptions & Wish & { kind: ChannelKind }) => {
      const made = await connect(options).channels.create.mutate(wishOf(name, kind, options));
      if (options.json) return printJson(made);
      printLine(`${made.name} sends to ${made.target} (${made.id}).`);
      if (made.secret) printLine(`It signs with this secret, which is not shown again: ${made.secret}`);
    });

  registerChannelsChange(channels);

  withServer(channels.command("test").argument("<id>"))
    .description("send a test message and show what left and what came back")
    .action(async (id: string, server: ServerOptions) => {
      const tested = await connect(server).channels.test.mutate({ id });
      if (server.json) return printJson(tested);
      printLine(tested.request.summary);
      printLine(
        `${tested.delivered ? "Delivered" : "Not delivered"} in ${tested.tookMs} ms: ${tested.answer}`,
      );
      if (!tested.delivered) process.exitCode = exitCodes.failed;
    });

  withServer(channels.command("retry").argument("<id>"))
    .description("send everything again that the channel has not taken")
    .action(async (id: string, server: ServerOptions) => {
      const { again } = await connect(server).channels.retry.mutate({ id });
      if (server.json) return printJson({ again });
      printLine(again === 1 ? "1 message is sent again." : `${again} messages are sent again.`);
    });

  for (const [word, enabled] of [["on", true] as const, ["off", false] as const]) {
    withServer(channels.command(word).argument("<id>").description(`switch a channel ${word}`)).action(
      async (id: string, server: ServerOptions) => {
        const channel = await connect(server).channels.change.mutate({ id, enabled });
        if (server.json) return printJson(channel);
        printLine(`${channel.name} is ${word}.`);
      },
    );
  }

  withServer(channels.command("delete").argument("<id>"))
    .description("take a channel away; its address is forgotten")
    .action(async (id: string, server: ServerOptions) => {
      await connect(server).channels.remove.mutate({ id });
      if (server.json) return printJson({ ok: true });
      printLine("The channel is gone.");
    });
}

/** Which options say where a channel of that kind sends. */
const optionsOf = {
  teams: ["address"],
  slack: ["address"],
  email: ["to"],
  webhook: ["address", "secret"],
  inbox: ["role"],
} as const satisfies Record<ChannelKind, readonly (keyof Wish)[]>;

/** A wish that would be dropped silently is refused: whoever gave it counts on it. */
function refuseUnfit(kind: ChannelKind, wish: Wish): void {
  const fitting: readonly string[] = optionsOf[kind];
  const unfit = (["address", "to", "secret", "role"] as const).filter(
    (option) => wish[option] !== undefined && !fitting.includes(option),
  );
  if (unfit.length === 0) return;
  const named = (options: readonly string[]) => options.map((option) => `--${option}`).join(" and ");
  throw new Failure(
    `A channel of kind ${kind} has no ${named(unfit)}; it takes ${named(fitting)}.`,
    exitCodes.usage,
  );
}

function wishOf(name: string, kind: ChannelKind, wish: Wish): NewChannel {
  refuseUnfit(kind, wish);
  const { address: url = "", to = [], secret, role = "viewer", perMinute } = wish;
  const common = { name, ...(perMinute === undefined ? {} : { perMinute }) };
  switch (kind) {
    case "teams":
    case "slack":
      return { kind, config: { url }, ...common };
    case "email":
      return { kind, config: { to }, ...common };
    case "webhook":
      return { kind, config: { url, ...(secret ? { secret } : {}) }, ...common };
    case "inbox":
      return { kind, config: { role }, ...common };
  }
}

function stateOf({ enabled, brokenUntil, waiting, givenUp }: Channel): string {
  const state = !enabled ? "off" : brokenUntil ? `broken, tried again at ${brokenUntil}` : "on";
  const missing = [waiting > 0 ? `${waiting} waiting` : "", givenUp > 0 ? `${givenUp} given up` : ""];
  return [state, ...missing.filter(Boolean)].join(", ");
}
