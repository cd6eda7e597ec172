import { Command } from "commander";
import { registerRun } from "./run";

/** The `mc` command: one file a noun registers its own commands. */
const program = new Command("mc")
  .description("Mission Control from the terminal: everything that the console does.")
  .showHelpAfterError()
  .enablePositionalOptions()
  .configureOutput({ outputError: (text, write) => write(`mc: ${text}`) });

registerRun(program);

await program.parseAsync();
