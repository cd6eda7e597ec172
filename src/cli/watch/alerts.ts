import { type Command, Option } from "commander";
import type { AlertState } from "@/contracts/watch/alert";
import { printJson, printLine, printTable } from "../connection/print";
import { connect, type ServerOptions, withServer } from "../connection/server";

/** `mc alerts …` */
export function registerAlerts(program: Command): void {
  const alerts = program.command("alerts").description("what is wrong: list, ack");

  withServer(alerts.command("list").description("firing ones first"))
    .addOption(new Option("--state <state>").choices(["firing", "resolved"]))
    .action(async ({ state, ...server }: ServerOptions & { state?: AlertState }) => {
      const { items } = await connect(server).alerts.list.query({ limit: 100, ...(state ? { state } : {}) });
      if (server.json) return printJson(items);
      printTable(
        ["STATE", "SEVERITY", "AGENT", "RULE", "SINCE", "ACKNOWLEDGED BY", "ID"],
        items.map((alert) => [
          alert.state,
          alert.severity,
          alert.agentName,
          alert.ruleName,
          alert.since,
          alert.acknowledgedBy,
          alert.id,
        ]),
      );
    });

  withServer(alerts.command("ack").argument("<id>").description("say that you are on it")).action(
    async (id: string, server: ServerOptions) => {
      const alert = await connect(server).alerts.acknowledge.mutate({ id });
      if (server.json) return printJson(alert);
      printLine(`${alert.agentName}: acknowledged by ${alert.acknowledgedBy}`);
    },
  );
}
