import type { Command } from "commander";
import { runRescue } from "../connection/rescue";

/** `mc secrets …`: on the server's machine, with the settings of the server. */
export function registerSecrets(program: Command): void {
  const secrets = program
    .command("secrets")
    .description("the secret that seals what is stored, straight in the database of this machine");

  secrets
    .command("rotate")
    .description("seal with MC_SECRET what MC_SECRET_PREVIOUS sealed; may be broken off and run again")
    .option("--json", "print one object for each column")
    .action(({ json }: { json?: boolean }) => runRescue({ verb: "secrets.rotate", json: json ?? false }));
}
