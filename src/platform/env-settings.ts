import { z } from "zod";
import { roleSchema, roles } from "@/contracts/people/role";
import { signInSettings } from "./env-sign-in";
import { trustedProxies } from "./trusted-proxies";

const portNumber = z.coerce
  .number("must be a port number")
  .int("must be a whole port number")
  .min(0, "must be a port number from 0 to 65535")
  .max(65_535, "must be a port number from 0 to 65535");

const text = z.string();

const addressOf = (protocols: RegExp, example: string) =>
  z.url({ protocol: protocols, error: `must be an address such as ${example}` });

/** `https://host` and nothing behind it: cookies, links and origins are compared with it. */
const origin = z.string().transform((value, context) => {
  const parsed = URL.canParse(value) ? new URL(value) : undefined;
  if (!parsed || !/^https?:$/.test(parsed.protocol) || parsed.pathname !== "/" || parsed.search) {
    context.addIssue({
      code: "custom",
      message: "must be an origin such as https://control.example.com, without a path",
    });
    return z.NEVER;
  }
  return parsed.origin;
});

/** 32 bytes as 64 hex digits or as base64. */
const secretBytes = z.string().transform((value, context) => {
  const bytes = Buffer.from(value, /^[0-9a-f]{64}$/i.test(value) ? "hex" : "base64");
  if (bytes.length === 32) return bytes;
  context.addIssue({
    code: "custom",
    message: "must be 32 bytes as 64 hex digits or as base64; `openssl rand -hex 32` makes one",
  });
  return z.NEVER;
});

const list = z.string().transform((value) =>
  value
    .split(",")
    .map((item) => item.trim())
    .filter((item) => item !== ""),
);

/** A list and no object: the first rule that fits decides, and objects would put groups named by numbers first. */
/** Several secrets during a rotation that is not over, separated by commas. */
const secretList = list.transform((items, context) =>
  items.flatMap((item) => {
    const parsed = secretBytes.safeParse(item);
    if (parsed.success) return [parsed.data];
    for (const { message } of parsed.error.issues) context.addIssue({ code: "custom", message });
    return [];
  }),
);

const groupMap = list.transform((items, context) =>
  items.flatMap((item) => {
    const at = item.lastIndexOf("=");
    const group = item.slice(0, Math.max(at, 0)).trim();
    const role = roleSchema.safeParse(item.slice(at + 1).trim());
    if (group && role.success) return [{ group, role: role.data }];
    const message = group
      ? `gives "${group}" a role that does not exist: it must be ${roles.join(", ")}`
      : `has "${item}", which is not of the form group=role`;
    context.addIssue({ code: "custom", message });
    return [];
  }),
);

const durationMs = z.coerce
  .number("must be a number of milliseconds")
  .int("must be a whole number of milliseconds")
  .min(50, "must be at least 50 milliseconds")
  .max(3_600_000, "must be at most an hour");

/** Every setting. The same texts, longer, stand in `.env.example`. */
export const settings = z.object({
  PORT: portNumber.default(3000).describe("Port of the web server; 0 takes a free one."),
  HOST: text.default("127.0.0.1").describe("Address to listen on."),
  MC_URL: origin.optional().describe("Public origin that people and agents use."),
  MC_ENV: z
    .enum(["development", "production"], "must be development or production")
    .default("development")
    .describe("production refuses unsafe settings."),
  DATABASE_URL: addressOf(/^postgres(ql)?$/, "postgres://user:password@host:5432/name")
    .optional()
    .describe("PostgreSQL to use; not set: an embedded one in the data folder."),
  REDIS_URL: addressOf(/^rediss?$/, "redis://127.0.0.1:6379")
    .optional()
    .describe("Redis that joins several instances; not set: one instance."),
  MC_DATA_DIR: text.default("./data").describe("Folder of the embedded database and of the secret file."),
  MC_SECRET: secretBytes.optional().describe("32 bytes that seal stored credentials."),
  MC_SECRET_PREVIOUS: secretList
    .optional()
    .describe("Secrets before MC_SECRET, which only open, until `mc secrets rotate` is done."),
  MC_API_TOKEN: z
    .string()
    .min(32, "must have at least 32 characters: it opens everything")
    .optional()
    .describe("Break-glass API token with the owner's rights."),
  MC_OWNER_EMAIL: z.email("must be an e-mail address").optional().describe("First owner, made unattended."),
  MC_OWNER_PASSWORD: z
    .string()
    .min(12, "must have at least 12 characters")
    .optional()
    .describe("Password of the first owner."),
  MC_OWNER_NAME: text.optional().describe("What the first owner is called; Owner unless said."),
  MC_TLS_CERT: text.optional().describe("File of the server's certificate chain, PEM."),
  MC_TLS_KEY: text.optional().describe("File of the server's private key, PEM."),
  MC_HTTP_REDIRECT_PORT: portNumber.optional().describe("Plain HTTP port that only redirects to https."),
  MC_AGENT_TLS_PORT: portNumber.optional().describe("Port where agents come with client certificates."),
  MC_AGENT_CA: text
    .optional()
    .describe("File of the outside authority that signs agents' certificates, PEM."),
  MC_AGENT_CA_CRL: text
    .optional()
    .describe("File of what the outside authority has revoked, PEM; read anew when it changes."),
  MC_TRUSTED_PROXIES: trustedProxies
    .optional()
    .describe("Addresses or networks of proxies whose X-Forwarded-For and -Proto are believed."),
  ...signInSettings,
  SMTP_URL: addressOf(/^smtps?$/, "smtp://user:password@mail.example.com:587")
    .optional()
    .describe("Mail server; not set: mail is not sent."),
  MC_MAIL_FROM: text.optional().describe("Sender of the mail."),
  MC_OIDC_ISSUER: addressOf(/^https?$/, "https://login.example.com")
    .optional()
    .describe("Issuer of the identity provider."),
  MC_OIDC_CLIENT_ID: text.optional().describe("Client id at the identity provider."),
  MC_OIDC_CLIENT_SECRET: text.optional().describe("Client secret at the identity provider."),
  MC_OIDC_GROUP_MAP: groupMap.optional().describe("group=role, separated by commas."),
  MC_OIDC_GROUPS_URL: addressOf(
    /^https?$/,
    "https://graph.microsoft.com/v1.0/me/transitiveMemberOf?$select=id",
  )
    .optional()
    .describe("Where a person's groups are asked for when they do not fit into the token."),
  MC_OIDC_SCOPES: list.optional().describe("Scopes to ask for beside openid, profile and email."),
  MC_ENTRA_TENANT_ID: z
    .guid("must be the tenant's id, as in 3f2504e0-4f89-41d3-9a0c-0305e82c3301")
    .optional()
    .describe("Microsoft Entra tenant; replaces the issuer."),
  MC_UNENCRYPTED_ALLOW: list
    .optional()
    .describe("Hosts of PostgreSQL, Redis and mail that production may speak to in the clear."),
  MC_OUTBOUND_ALLOW: list.optional().describe("Private hosts or networks that webhooks may reach."),
  SENTRY_DSN: addressOf(/^https?$/, "https://key@sentry.example.com/1")
    .optional()
    .describe("Where errors are reported."),
  LOG_LEVEL: z
    .enum(
      ["trace", "debug", "info", "warn", "error", "fatal", "silent"],
      "must be trace, debug, info, warn, error, fatal or silent",
    )
    .default("info")
    .describe("Least level that is logged."),
  MC_BEAT_MS: durationMs.optional().describe("Fixed interval of heartbeats in milliseconds."),
  MC_SILENT_AFTER_MS: durationMs.optional().describe("Fixed silence after which an agent is offline."),
  MC_STUCK_AFTER_MS: durationMs.optional().describe("Work without progress for so long is called stuck."),
  MC_BLIND_GRACE_MS: durationMs
    .optional()
    .describe("Least time that agents get to come back after Mission Control itself was away."),
  MC_EVALUATION_LAG_MS: durationMs
    .optional()
    .describe("Rules evaluated later than this make the server not ready."),
  MC_DELIVERY_LAG_MS: durationMs
    .optional()
    .describe("Messages delivered later than this make the server not ready."),
});

export type Settings = z.infer<typeof settings>;
