import { commandLineClientId, grantTypes } from "@/contracts/people/oauth";
import { exitCodes } from "@/contracts/trust/rescue";
import { Failure } from "./fail";
import { askOAuth } from "./oauth";
import { type Profile, readProfile, writeProfile } from "./profile";
import { underProfileLock } from "./profile-lock";

/** What ends sooner is replaced before it is used: it must not run out on the way. */
const headroomMs = 30_000;

const isFresh = ({ access }: Profile) => access && access.expiresAtMs - Date.now() > headroomMs;

/**
 * The profile's access token, replaced when it is about to end. A refresh token works once, and a second use ends the
 * sign-in: of several commands that run at once, one asks under a lock, and the others find what it wrote.
 */
export async function freshAccessToken(url: string): Promise<string | undefined> {
  const kept = readProfile();
  if (kept && isFresh(kept)) return kept.access?.token;
  return underProfileLock(async () => {
    const profile = readProfile();
    if (profile?.url !== url || !profile.access) return profile?.url === url ? profile.token : undefined;
    if (isFresh(profile)) return profile.access.token;
    const answer = await askOAuth(url, "token", {
      grant_type: grantTypes.refreshToken,
      client_id: commandLineClientId,
      refresh_token: profile.access.refreshToken,
    });
    if ("error" in answer) {
      if (answer.error === "invalid_grant")
        throw new Failure(
          "You were signed out, or were away too long. Run mc login.",
          exitCodes.notAuthorised,
        );
      throw new Failure(answer.error_description);
    }
    const access = accessOf(answer);
    writeProfile({ url, access });
    return access.token;
  });
}

/** The server's answer as the profile keeps it. */
export function accessOf(answer: {
  access_token: string;
  expires_in: number;
  refresh_token?: string | undefined;
}) {
  return {
    token: answer.access_token,
    expiresAtMs: Date.now() + answer.expires_in * 1_000,
    refreshToken: answer.refresh_token ?? "",
  };
}
