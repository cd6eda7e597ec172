import type { Command } from "commander";
import { failureOf } from "../connection/fail";
import { printLine } from "../connection/print";
import { profileFile, readProfile, removeProfile } from "../connection/profile";
import { connect } from "../connection/server";

/** `mc logout`: forgets the profile, and revokes the token in it when `mc login` had made that. */
export function registerLogout(program: Command): void {
  program
    .command("logout")
    .description("forget what mc login kept, and revoke the token that it made")
    .action(async () => {
      const profile = readProfile();
      removeProfile();
      if (!profile) return printLine("Nobody was signed in.");
      printLine(`Signed out of ${profile.url}. ${profileFile()} is gone.`);
      if (!profile.tokenId) return;
      const { url, token, tokenId } = profile;
      await connect({ url, token })
        .tokens.revoke.mutate({ id: tokenId })
        .catch((error: unknown) => {
          process.stderr.write(
            `Its token could not be revoked and still works: ${failureOf(error)?.message ?? "no answer"} ` +
              "Revoke it in the console, under Settings.\n",
          );
        });
    });
}
