import type { Command } from "commander";
import { printJson, printLine } from "../connection/print";
import { connect, type ServerOptions, withServer } from "../connection/server";

/** `mc settings`: how the installation is set up. */
export function registerSettings(program: Command): void {
  withServer(program.command("settings").description("how the installation is set up")).action(
    async (server: ServerOptions) => {
      const found = await connect(server).settings.get.query({});
      if (server.json) return printJson(found);
      for (const [name, value] of Object.entries(found)) printLine(`${name.padEnd(14)}${value}`);
    },
  );
}
