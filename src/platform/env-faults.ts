import type { Env } from "./env-shape";
import { productionFaults } from "./production-faults";

/** Issuers of Microsoft that stand for all tenants, or for everybody with a private account. */
const anyTenant =
  /^https:\/\/login\.(microsoftonline\.(com|us)|partner\.microsoftonline\.cn)\/(common|organizations|consumers)(\/|$)/i;

/** Settings that go together, or not at all. */
function incomplete(env: Env): string[] {
  const faults: string[] = [];
  const pair = (left: unknown, right: unknown, names: string) => {
    if (Boolean(left) !== Boolean(right)) faults.push(`${names} go together: set both, or neither.`);
  };
  pair(env.ownerEmail, env.ownerPassword, "MC_OWNER_EMAIL and MC_OWNER_PASSWORD");
  pair(env.tlsCert, env.tlsKey, "MC_TLS_CERT and MC_TLS_KEY");
  pair(env.smtpUrl, env.mailFrom, "SMTP_URL and MC_MAIL_FROM");
  pair(env.oidcClientId, env.oidcClientSecret, "MC_OIDC_CLIENT_ID and MC_OIDC_CLIENT_SECRET");
  if (env.httpRedirectPort !== undefined && !env.tlsCert) {
    faults.push("MC_HTTP_REDIRECT_PORT redirects to https, so it needs MC_TLS_CERT and MC_TLS_KEY.");
  }
  if (env.agentCa && env.agentTlsPort === undefined) {
    faults.push("MC_AGENT_CA is for the listener of agents' certificates: set MC_AGENT_TLS_PORT too.");
  }
  if (env.agentCaCrl && !env.agentCa) {
    faults.push(
      "MC_AGENT_CA_CRL is of an outside authority: set MC_AGENT_CA too. Our own list needs no file.",
    );
  }
  if (env.oidcClientId && !env.oidcIssuer && !env.entraTenantId) {
    faults.push("MC_OIDC_CLIENT_ID needs MC_OIDC_ISSUER, or MC_ENTRA_TENANT_ID for Microsoft Entra.");
  }
  if (anyTenant.test(env.oidcIssuer ?? "")) {
    faults.push(
      "MC_OIDC_ISSUER stands for every Microsoft tenant, so strangers could come in. Leave it empty and set MC_ENTRA_TENANT_ID to yours.",
    );
  }
  if ((env.oidcIssuer || env.entraTenantId) && !env.oidcClientId) {
    faults.push("Single sign-on needs MC_OIDC_CLIENT_ID and MC_OIDC_CLIENT_SECRET.");
  }
  return faults;
}

/** Faults of settings that are each well formed, but not together, in plain words. `source` is what they were read from. */
export function envFaults(env: Env, source: Record<string, string | undefined>): string[] {
  return [...incomplete(env), ...(env.env === "production" ? productionFaults(env, source) : [])];
}

/** What works, and may still not be meant. */
export function envWarnings(env: Env): string[] {
  if (env.env !== "production" || env.databaseUrl) return [];
  return [
    "DATABASE_URL is not set: everything is kept by the embedded PostgreSQL in MC_DATA_DIR, for one instance. Back it up.",
  ];
}
