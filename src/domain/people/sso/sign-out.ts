import { atSignIn } from "./discovery";
import { SsoRefusal } from "./refusal";
import type { Sso } from "./sso";

/**
 * Where to send a browser that wants to be signed out at the identity provider as well. Nobody is sent there unasked:
 * it ends the sign-in to everything else that goes by the provider. Throws `no-sign-out` when it knows none.
 */
export async function signOutAtProvider({ settings, discover }: Pick<Sso, "settings" | "discover">) {
  const { end_session_endpoint: endpoint } = await discover(atSignIn);
  if (!endpoint) {
    throw new SsoRefusal(
      "no-sign-out",
      "You are signed out here. The identity provider does not take a sign-out from elsewhere.",
      "Sign out on a page of the identity provider itself.",
    );
  }
  const location = new URL(endpoint);
  location.searchParams.set("client_id", settings.clientId);
  location.searchParams.set("post_logout_redirect_uri", settings.afterSignOutUri);
  return location;
}
