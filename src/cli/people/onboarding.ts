import type { Command } from "commander";
import type { OnboardingStep } from "@/contracts/people/onboarding";
import { printJson, printLine } from "../connection/print";
import { runRescue } from "../connection/rescue";
import { connect, type ServerOptions, withServer } from "../connection/server";

const words: Record<OnboardingStep, string> = {
  owner: "an owner who can sign in",
  "recovery-codes": "recovery codes of an admin: make them in the console, under Second factor",
  "second-factor": "a second factor of an admin: an app or a passkey, in the console, under Second factor",
  agent: "a first agent that was heard: mc run -- <program>",
  "alert-channel": "a channel for alerts whose test arrived: mc alerts, or in the console under Settings",
};

/** `mc onboarding`: the first steps of an installation; and `mc setup-code`, for a setup whose code is lost. */
export function registerOnboarding(program: Command): void {
  withServer(
    program
      .command("onboarding")
      .description("how far the first steps are")
      .option("--dismiss", "put the list away in the console, for all admins")
      .option("--restore", "bring it back"),
  ).action(async (options: ServerOptions & { dismiss?: boolean; restore?: boolean }) => {
    const client = connect(options);
    const wish = options.dismiss ? true : options.restore ? false : undefined;
    const found = await (wish === undefined
      ? client.onboarding.get.query({})
      : client.onboarding.change.mutate({ dismissed: wish }));
    if (options.json) return printJson(found);
    for (const { name, done, optional } of found.steps) {
      printLine(`${done ? "done" : "open"}  ${words[name]}${optional ? " (optional)" : ""}`);
    }
    if (found.complete) printLine("Everything that must be done is done.");
    else if (found.dismissedAt)
      printLine("The console does not show this list any more; --restore brings it back.");
  });

  program
    .command("setup-code")
    .description(
      "the code that opens the setup of the first owner, straight from the database of this machine",
    )
    .option("--json", "print JSON for programs")
    .action(({ json }: { json?: boolean }) => runRescue({ verb: "setup.code", json: json ?? false }));
}
