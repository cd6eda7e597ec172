import type { Command } from "commander";
import { exitCodes } from "@/contracts/trust/rescue";
import type { DeadMan, PingResult } from "@/contracts/watch/dead-man";
import { printJson, printLine } from "../connection/print";
import { connect, type ServerOptions, withServer } from "../connection/server";
import { wholeNumber } from "../connection/whole-number";

/** `mc dead-man …` and `mc watch-health`: whether the watcher itself is watched, and well. */
export function registerDeadMan(program: Command): void {
  const deadMan = program
    .command("dead-man")
    .description("the ping that tells a service outside that Mission Control watches");

  withServer(deadMan.command("show").description("where it goes, and how the last one went")).action(
    async (server: ServerOptions) => show(server, await connect(server).deadMan.get.query({})),
  );

  withServer(
    deadMan
      .command("set")
      .argument("[url]", "address of the service; left out, it stays")
      .option("--every <seconds>", "how often", wholeNumber(10, 3_600))
      .description("send pings to an address; switches them on"),
  ).action(async (url: string | undefined, { every, ...server }: ServerOptions & { every?: number }) => {
    const change = { enabled: true, ...(url ? { url } : {}), ...(every ? { periodMs: every * 1_000 } : {}) };
    show(server, await connect(server).deadMan.change.mutate(change));
  });

  withServer(
    deadMan.command("off").option("--forget", "forget the address too").description("send no pings"),
  ).action(async ({ forget, ...server }: ServerOptions & { forget?: boolean }) => {
    const change = { enabled: false, ...(forget ? { url: null } : {}) };
    show(server, await connect(server).deadMan.change.mutate(change));
  });

  withServer(deadMan.command("test").description("send one ping now and show the answer")).action(
    async (server: ServerOptions) => {
      const result = await connect(server).deadMan.test.mutate({});
      if (server.json) printJson(result);
      else printLine(answerText(result));
      if (!result.ok) process.exitCode = exitCodes.failed;
    },
  );

  withServer(
    program
      .command("watch-health")
      .description("whether rules are evaluated and messages delivered in time; exit code 1: they are not"),
  ).action(async (server: ServerOptions) => {
    const health = await connect(server).watch.health.query({});
    if (server.json) printJson(health);
    else {
      printLine(`Evaluation  ${lagText(health.evaluation.lagMs)} behind`);
      printLine(
        `Delivery    ${lagText(health.delivery.lagMs)} behind, ${health.delivery.backlog} messages wait`,
      );
      for (const fault of health.faults) printLine(`FAULT  ${fault}`);
    }
    if (health.faults.length > 0) process.exitCode = exitCodes.failed;
  });
}

function show(server: ServerOptions, deadMan: DeadMan): void {
  if (server.json) printJson(deadMan);
  else for (const line of linesOf(deadMan)) printLine(line);
}

function linesOf({ enabled, target, periodMs, last, held }: DeadMan): string[] {
  if (!enabled) return [target ? `Off. The address ${target} is kept.` : "Off. No address is set."];
  const lines = [`Every ${periodMs / 1_000} s to ${target}`];
  if (held) lines.push(`Held: ${held}`);
  if (last) lines.push(`Last ${last.at}: ${answerText(last)}`);
  return lines;
}

const answerText = ({ ok, status, answer }: PingResult) =>
  `${ok ? "taken" : "NOT TAKEN"}: ${status || "no answer"} ${answer}`.trim();

const lagText = (ms: number | null) => (ms === null ? "not known to be" : `${Math.round(ms / 100) / 10} s`);
