import type { Command } from "commander";
import { exitCodes } from "@/contracts/trust/rescue";
import { Failure } from "../connection/fail";
import { moment } from "../connection/moment";
import { itemsOf, withLimit } from "../connection/pages";
import { printJson, printLine, printTable } from "../connection/print";
import { connect, type ServerOptions, withServer } from "../connection/server";
import { findAgent } from "./find-agent";

type Range = ServerOptions & { from?: string; to?: string };

/** `mc agents timeline|metrics|uptime`: what happened to an agent, what it used, and how it was. */
export function registerAgentsPast(agents: Command): void {
  withLimit(withServer(agents.command("timeline").argument("<agent>", "id or name")))
    .description("what happened to an agent, the newest first")
    .action(async (agent: string, { limit, ...server }: ServerOptions & { limit: number }) => {
      const client = connect(server);
      const { id } = await findAgent(client, agent);
      const items = await itemsOf((page) => client.agents.timeline.query({ id, ...page }), limit);
      if (server.json) return printJson(items);
      printTable(
        ["AT", "KIND", "BY", "WHAT"],
        items.map(({ at, kind, actor, title, detail }) => [
          at,
          kind,
          actor,
          detail ? `${title}: ${detail}` : title,
        ]),
      );
    });

  withServer(agents.command("metrics").argument("[agent]", "id or name; without it, which metrics there are"))
    .description("what an agent used and reported, by the minute, the oldest first")
    .option("--from <moment>", "begin there (default: a day back)", moment)
    .option("--to <moment>", "end there (default: now)", moment)
    .action(async (agent: string | undefined, { from, to, ...server }: Range) => {
      const client = connect(server);
      if (agent === undefined) {
        if (from !== undefined || to !== undefined)
          throw new Failure("--from and --to are for one agent: name it.", exitCodes.usage);
        const { items } = await client.metrics.names.query({});
        if (server.json) return printJson(items);
        return printTable(
          ["NAME", "UNIT", "AGENTS"],
          items.map(({ name, unit, agents: count }) => [name, unit, count]),
        );
      }
      const { id } = await findAgent(client, agent);
      const { items } = await client.agents.metrics.query({ id, from, to });
      if (server.json) return printJson(items);
      printTable(
        ["AT", "CPU %", "PEAK %", "MEMORY", "DISK", "RECEIVED", "SENT", "NUMBERS"],
        items.map((minute) => [
          minute.at,
          minute.cpuPercent,
          minute.cpuPeakPercent,
          minute.memoryBytes,
          minute.diskUsedBytes,
          minute.netRxBytes,
          minute.netTxBytes,
          Object.entries(minute.numbers)
            .map(([name, value]) => `${name}=${value}`)
            .join(" "),
        ]),
      );
    });

  withServer(agents.command("uptime").argument("<agent>", "id or name"))
    .description("how an agent was in the last day, in quarters of an hour")
    .action(async (agent: string, server: ServerOptions) => {
      const client = connect(server);
      const { id, name } = await findAgent(client, agent);
      const uptime = await client.agents.uptime.query({ id });
      if (server.json) return printJson(uptime);
      printLine(`${name}: ${uptime.upPercent === null ? "not known" : `up ${uptime.upPercent} %`}`);
      printTable(
        ["FROM", "TO", "STATUS"],
        uptime.slices.map(({ from, to, status, stuck }) => [from, to, stuck ? `${status}, stuck` : status]),
      );
    });
}
