import { BlockList } from "node:net";
import type { Settings } from "./env-settings";
import { type SignInRules, toSignInRules } from "./env-sign-in";

/** What the server was told, parsed and checked. Optional settings that were not given are undefined. */
export type Env = {
  port: Settings["PORT"];
  host: Settings["HOST"];
  /** Public origin, without a slash at its end. */
  url: string;
  env: Settings["MC_ENV"];
  databaseUrl: Settings["DATABASE_URL"];
  redisUrl: Settings["REDIS_URL"];
  dataDir: Settings["MC_DATA_DIR"];
  secret: Settings["MC_SECRET"];
  /** Secrets that only open what they sealed. */
  secretPrevious: Buffer[];
  apiToken: Settings["MC_API_TOKEN"];
  ownerEmail: Settings["MC_OWNER_EMAIL"];
  ownerPassword: Settings["MC_OWNER_PASSWORD"];
  ownerName: Settings["MC_OWNER_NAME"];
  tlsCert: Settings["MC_TLS_CERT"];
  tlsKey: Settings["MC_TLS_KEY"];
  httpRedirectPort: Settings["MC_HTTP_REDIRECT_PORT"];
  agentTlsPort: Settings["MC_AGENT_TLS_PORT"];
  agentCa: Settings["MC_AGENT_CA"];
  agentCaCrl: Settings["MC_AGENT_CA_CRL"];
  trustedProxies: BlockList;
  signIn: SignInRules;
  smtpUrl: Settings["SMTP_URL"];
  mailFrom: Settings["MC_MAIL_FROM"];
  oidcIssuer: Settings["MC_OIDC_ISSUER"];
  oidcClientId: Settings["MC_OIDC_CLIENT_ID"];
  oidcClientSecret: Settings["MC_OIDC_CLIENT_SECRET"];
  /** Group or app role at the identity provider → role here; the first that fits decides. */
  oidcGroupMap: NonNullable<Settings["MC_OIDC_GROUP_MAP"]>;
  oidcGroupsUrl: Settings["MC_OIDC_GROUPS_URL"];
  oidcScopes: string[];
  entraTenantId: Settings["MC_ENTRA_TENANT_ID"];
  /** Hosts that may be spoken to in the clear. */
  unencryptedAllow: string[];
  outboundAllow: string[];
  sentryDsn: Settings["SENTRY_DSN"];
  logLevel: Settings["LOG_LEVEL"];
  /** Fixed heartbeat interval; undefined: scaled to the size of the fleet. */
  beatMs: Settings["MC_BEAT_MS"];
  /** Fixed silence after which an agent counts as offline; undefined: three intervals, at least 6 s. */
  silentAfterMs: Settings["MC_SILENT_AFTER_MS"];
  /** Work without progress for this long is `stuck`; undefined: two minutes. */
  stuckAfterMs: Settings["MC_STUCK_AFTER_MS"];
  /** Time that agents get to come back after our own blindness; undefined: 15 s or the silence, whichever is longer. */
  blindGraceMs: Settings["MC_BLIND_GRACE_MS"];
  /** How far behind watching and telling may be before the server calls itself not ready; a minute each by default. */
  lagLimits: { evaluationMs: number; deliveryMs: number };
};

const usualLagMs = 60_000;

/** Settings under the names that code uses. */
export function toEnv(values: Settings): Env {
  const scheme = values.MC_TLS_CERT ? "https" : "http";
  // Listening everywhere is no address to go to.
  const reachable = values.HOST === "0.0.0.0" || values.HOST === "::" ? "127.0.0.1" : values.HOST;
  const host = reachable.includes(":") ? `[${reachable}]` : reachable;
  return {
    port: values.PORT,
    host: values.HOST,
    url: values.MC_URL ?? `${scheme}://${host}:${values.PORT}`,
    env: values.MC_ENV,
    databaseUrl: values.DATABASE_URL,
    redisUrl: values.REDIS_URL,
    dataDir: values.MC_DATA_DIR,
    secret: values.MC_SECRET,
    secretPrevious: values.MC_SECRET_PREVIOUS ?? [],
    apiToken: values.MC_API_TOKEN,
    ownerEmail: values.MC_OWNER_EMAIL,
    ownerPassword: values.MC_OWNER_PASSWORD,
    ownerName: values.MC_OWNER_NAME,
    tlsCert: values.MC_TLS_CERT,
    tlsKey: values.MC_TLS_KEY,
    httpRedirectPort: values.MC_HTTP_REDIRECT_PORT,
    agentTlsPort: values.MC_AGENT_TLS_PORT,
    agentCa: values.MC_AGENT_CA,
    agentCaCrl: values.MC_AGENT_CA_CRL,
    trustedProxies: values.MC_TRUSTED_PROXIES ?? new BlockList(),
    signIn: toSignInRules(values),
    smtpUrl: values.SMTP_URL,
    mailFrom: values.MC_MAIL_FROM,
    oidcIssuer: values.MC_OIDC_ISSUER,
    oidcClientId: values.MC_OIDC_CLIENT_ID,
    oidcClientSecret: values.MC_OIDC_CLIENT_SECRET,
    oidcGroupMap: values.MC_OIDC_GROUP_MAP ?? [],
    oidcGroupsUrl: values.MC_OIDC_GROUPS_URL,
    oidcScopes: values.MC_OIDC_SCOPES ?? [],
    entraTenantId: values.MC_ENTRA_TENANT_ID,
    unencryptedAllow: values.MC_UNENCRYPTED_ALLOW ?? [],
    outboundAllow: values.MC_OUTBOUND_ALLOW ?? [],
    sentryDsn: values.SENTRY_DSN,
    logLevel: values.LOG_LEVEL,
    beatMs: values.MC_BEAT_MS,
    silentAfterMs: values.MC_SILENT_AFTER_MS,
    stuckAfterMs: values.MC_STUCK_AFTER_MS,
    blindGraceMs: values.MC_BLIND_GRACE_MS,
    lagLimits: {
      evaluationMs: values.MC_EVALUATION_LAG_MS ?? usualLagMs,
      deliveryMs: values.MC_DELIVERY_LAG_MS ?? usualLagMs,
    },
  };
}
