import { z } from "zod";
import type { Clock } from "@/platform/clock";
import { type Outside, readJson } from "./outside";
import { misconfigured } from "./refusal";
import type { SsoSettings } from "./settings";

const address = z.url({ protocol: /^https?$/ });
const documentSchema = z.object({
  issuer: z.string(),
  authorization_endpoint: address,
  token_endpoint: address,
  jwks_uri: address,
  userinfo_endpoint: address.optional(),
  end_session_endpoint: address.optional(),
  scopes_supported: z.array(z.string()).optional(),
  code_challenge_methods_supported: z.array(z.string()).optional(),
  token_endpoint_auth_methods_supported: z.array(z.string()).optional(),
  authorization_response_iss_parameter_supported: z.boolean().optional(),
});

/** What the issuer says about itself. */
export type Discovery = z.output<typeof documentSchema>;

export type Patience = {
  /** How old the document may be. */
  freshMs: number;
  timeoutMs: number;
};
const usual: Patience = { freshMs: 60_000, timeoutMs: 6_000 };
/** For somebody at the sign-in page, who must not be sent to an issuer that has gone away, nor wait for one. */
export const atSignIn: Patience = { freshMs: 1_000, timeoutMs: 2_000 };

/**
 * Reads `/.well-known/openid-configuration` and keeps it for a while. The document must name exactly the issuer that
 * is set up, and an https issuer may not send us anywhere in the clear.
 */
export function createDiscovery(settings: SsoSettings, outside: Outside, clock: Clock) {
  let known: { document: Discovery; atMs: number } | undefined;

  return async ({ freshMs, timeoutMs } = usual): Promise<Discovery> => {
    if (known && clock.monotonicMs() - known.atMs < freshMs) return known.document;
    const url = `${settings.issuer.replace(/\/+$/, "")}/.well-known/openid-configuration`;
    const { status, answer } = await outside.get(url, {}, timeoutMs);
    if (status !== 200) throw misconfigured(`${url} answered with ${status}. Is MC_OIDC_ISSUER right?`);
    const document = readJson(answer, documentSchema, "The issuer's discovery document");
    if (document.issuer !== settings.issuer) {
      throw misconfigured(
        `the issuer calls itself ${document.issuer}, but MC_OIDC_ISSUER says ${settings.issuer}. They must be the same, to the last character.`,
      );
    }
    const endpoints = [
      document.authorization_endpoint,
      document.token_endpoint,
      document.jwks_uri,
      document.userinfo_endpoint ?? document.jwks_uri,
      document.end_session_endpoint ?? document.jwks_uri,
    ];
    if (
      settings.issuer.startsWith("https:") &&
      endpoints.some((endpoint) => !endpoint.startsWith("https:"))
    ) {
      throw misconfigured("the issuer names an address without https.");
    }
    known = { document, atMs: clock.monotonicMs() };
    return document;
  };
}
