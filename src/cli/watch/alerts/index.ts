import type { Command } from "commander";
import { registerActs } from "./acts";
import { registerList } from "./list";
import { registerShow } from "./show";

/** `mc alerts …`: what is wrong, and what people do about it. */
export function registerAlerts(program: Command): void {
  const alerts = program
    .command("alerts")
    .description("what is wrong: list, inhibited, show, ack, unack, assign, comment, snooze");
  registerList(alerts);
  registerShow(alerts);
  registerActs(alerts);
}
