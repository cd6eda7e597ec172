import { CodeChallengeMethod, OAuth2Client } from "arctic";
import { returnPath } from "@/contracts/people/return-path";
import type { Ground } from "@/domain/kernel";
import type { BrowserState } from "./browser-state";
import { atSignIn } from "./discovery";
import type { Sso } from "./sso";

/**
 * Where to send the browser, and what it has to bring back. `wish` is where the person wanted to go; anything but a
 * path of ours becomes the board. Throws `unreachable` when the issuer does not answer.
 */
export async function beginSso(
  { clock, ids }: Pick<Ground, "clock" | "ids">,
  { settings, discover }: Pick<Sso, "settings" | "discover">,
  wish: string | undefined,
): Promise<{ location: URL; state: BrowserState }> {
  const discovery = await discover(atSignIn);
  const chance = () => ids.bytes(32).toString("base64url");
  const state: BrowserState = {
    state: chance(),
    nonce: chance(),
    verifier: chance(),
    to: returnPath(wish),
    atMs: clock.now().getTime(),
  };
  // A refresh token lets the session go on without the person; only some providers know the scope for it.
  const offline = discovery.scopes_supported?.includes("offline_access") ? ["offline_access"] : [];
  const location = new OAuth2Client(
    settings.clientId,
    null,
    settings.redirectUri,
  ).createAuthorizationURLWithPKCE(
    discovery.authorization_endpoint,
    state.state,
    CodeChallengeMethod.S256,
    state.verifier,
    [...new Set([...settings.scopes, ...offline])],
  );
  location.searchParams.set("nonce", state.nonce);
  return { location, state };
}
