import type { Command } from "commander";
import { registerTail } from "./tail";

/** `mc logs …`: lines of agents. */
export function registerLogs(program: Command): void {
  const logs = program.command("logs").description("lines of agents: tail");
  registerTail(logs);
}
