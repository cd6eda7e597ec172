import type { Env } from "./env-shape";

const loopbackHosts = new Set(["localhost", "[::1]", "::1"]);

function isLoopback(host: string): boolean {
  return loopbackHosts.has(host) || /^127\.\d+\.\d+\.\d+$/.test(host);
}

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
  if (env.oidcClientId && !env.oidcIssuer && !env.entraTenantId) {
    faults.push("MC_OIDC_CLIENT_ID needs MC_OIDC_ISSUER, or MC_ENTRA_TENANT_ID for Microsoft Entra.");
  }
  if ((env.oidcIssuer || env.entraTenantId) && !env.oidcClientId) {
    faults.push("Single sign-on needs MC_OIDC_CLIENT_ID and MC_OIDC_CLIENT_SECRET.");
  }
  return faults;
}

/** What is convenient on one machine, and dangerous where others can reach it. */
function unsafe(env: Env): string[] {
  const faults: string[] = [];
  const url = new URL(env.url);
  if (!env.secret) {
    faults.push("MC_SECRET must be set in production, so that a lost data folder does not lose the secrets.");
  }
  if (url.protocol === "http:" && !isLoopback(url.hostname)) {
    faults.push(
      `MC_URL is ${env.url}: in production passwords must not travel in the clear. Use https, by MC_TLS_CERT or a proxy.`,
    );
  }
  if (!isLoopback(env.host) && !env.tlsCert && url.protocol === "http:" && isLoopback(url.hostname)) {
    faults.push(
      `HOST ${env.host} is open to the network without TLS. Set MC_TLS_CERT, or MC_URL to the https origin of a proxy.`,
    );
  }
  if (env.oidcIssuer?.startsWith("http:") && !isLoopback(new URL(env.oidcIssuer).hostname)) {
    faults.push("MC_OIDC_ISSUER must be https in production.");
  }
  return faults;
}

/** Faults of settings that are each well formed, but not together, in plain words. */
export function envFaults(env: Env): string[] {
  return [...incomplete(env), ...(env.env === "production" ? unsafe(env) : [])];
}
