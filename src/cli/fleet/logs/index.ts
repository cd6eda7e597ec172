import type { Command } from "commander";
import { registerDownload } from "./download";
import { registerTail } from "./tail";

/** `mc logs …`: lines of agents. */
export function registerLogs(program: Command): void {
  const logs = program.command("logs").description("lines of agents: tail, download");
  registerTail(logs);
  registerDownload(logs);
}
