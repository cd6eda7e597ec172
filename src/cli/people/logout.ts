import type { Command } from "commander";
import { Failure, failureOf, isUnauthenticated } from "../connection/fail";
import { askOAuth } from "../connection/oauth";
import { printLine } from "../connection/print";
import { type Profile, profileFile, readProfile, removeProfile } from "../connection/profile";
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
      await takeBack(profile).catch((error: unknown) => {
        // A token that the server does not know can't revoke itself, and nobody gets in by it.
        if (isUnauthenticated(error)) return printLine("Its token did not work any more.");
        process.stderr.write(
          `Its token could not be revoked and may still work: ${failureOf(error)?.message ?? "no answer"} ` +
            "Revoke it in the console, under Settings.\n",
        );
      });
    });
}

/** A token that was given to `mc login` belongs to whoever made it, and stays. */
async function takeBack({ url, token, tokenId, access }: Profile): Promise<void> {
  if (access) {
    const answer = await askOAuth(url, "revoke", { token: access.refreshToken });
    if ("error" in answer) throw new Failure(answer.error_description);
  } else if (token && tokenId) {
    await connect({ url, token }).tokens.revoke.mutate({ id: tokenId });
  }
}
