import type { Env } from "@/platform/env";
import { tenantOfIssuer } from "./entra";

/** Single sign-on as it was set up; endpoints come from the issuer's own discovery document. */
export type SsoSettings = {
  kind: "microsoft" | "oidc";
  issuer: string;
  clientId: string;
  clientSecret: string;
  /** Only people of this Entra tenant may come. */
  tenantId: string | null;
  /** Group or app role → role here; the first that fits decides. */
  rules: Env["oidcGroupMap"];
  groupsUrl: string | null;
  scopes: string[];
  redirectUri: string;
  /** Where the provider sends people whom it has signed out. */
  afterSignOutUri: string;
  /** Hosts and networks in private ranges that may be reached; the issuer's own host is one of them. */
  allow: string[];
};

/** Where Entra tells all groups of the person who asks, also indirect ones; `User.Read` is enough for one's own. */
const graphGroups = "https://graph.microsoft.com/v1.0/me/transitiveMemberOf?$select=id&$top=999";

/** Null when single sign-on is not set up. */
export function ssoSettings(env: Env): SsoSettings | null {
  const tenantId = env.entraTenantId ?? (env.oidcIssuer ? tenantOfIssuer(env.oidcIssuer) : null);
  const issuer = env.oidcIssuer ?? (tenantId && `https://login.microsoftonline.com/${tenantId}/v2.0`);
  if (!issuer || !env.oidcClientId || !env.oidcClientSecret) return null;
  return {
    kind: tenantId ? "microsoft" : "oidc",
    issuer,
    clientId: env.oidcClientId,
    clientSecret: env.oidcClientSecret,
    tenantId,
    rules: env.oidcGroupMap,
    groupsUrl: env.oidcGroupsUrl ?? (tenantId ? graphGroups : null),
    scopes: [
      ...new Set(["openid", "profile", "email", ...(tenantId ? ["User.Read"] : []), ...env.oidcScopes]),
    ],
    redirectUri: `${env.url}/auth/sso/callback`,
    afterSignOutUri: `${env.url}/login`,
    allow: [...env.outboundAllow, new URL(issuer).hostname.replace(/^\[|\]$/g, "")],
  };
}

/** What the sign-in page offers: `microsoft` has a name that everybody knows. Null: only local accounts. */
export const ssoKind = (env: Env) => ssoSettings(env)?.kind ?? null;
