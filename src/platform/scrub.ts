/** Stands where a secret stood. */
export const hidden = "[hidden]";

/** Names of secrets, in small letters and without what joins words; a name that ends in one is one too. */
const secretNames = [
  "password",
  "passwd",
  "passphrase",
  "passwordhash",
  "secret",
  "secretprevious",
  "token",
  "apikey",
  "cookie",
  "cookies",
  "authorization",
  "privatekey",
  "sealed",
  "sealedconfig",
  "sealedsecret",
  "sealedkey",
  "webhookurl",
  "databaseurl",
  "redisurl",
  "smtpurl",
  "recoverycode",
  "recoverycodes",
  "setupcode",
  "usercode",
  "devicecode",
  "codeverifier",
  "assertion",
  "credentials",
];
/** Secrets under these whole names only: as the end of a longer name they are ordinary words. */
const secretWholeNames = new Set([
  "key",
  "otp",
  "totp",
  "pem",
  "dsn",
  "sentrydsn",
  "args",
  "params",
  "parameters",
]);
/** Where a webhook's address stands: it is a credential by itself, whoever has it can post. */
const holdersOfUrls = new Set(["config", "channel", "webhook"]);

/** Whether what stands under this name is a secret; `parent` is the name of what holds it. */
export function isSecretName(name: string, parent = ""): boolean {
  const plain = name.toLowerCase().replace(/[^a-z0-9]/g, "");
  if (secretWholeNames.has(plain) || secretNames.some((secret) => plain.endsWith(secret))) return true;
  return plain === "url" && holdersOfUrls.has(parent.toLowerCase());
}

/** Texts that are secrets by their shape, wherever they stand; the groups are what may stay. */
const shapes: [RegExp, string][] = [
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g, hidden],
  // Ours: keys of agents, tokens to join, of the API, of refreshes, of clients, of resets and invitations.
  [/\b(mc[a-z]_)[\w-]{16,}/g, `$1${hidden}`],
  [/\beyJ[\w-]{6,}\.[\w-]+(?:\.[\w-]*){0,3}/g, hidden],
  [/\bs1\.[\w-]{24,}/g, hidden],
  [/\$(?:argon2(?:id|i|d)|2[abxy])\$[\w$=,+/.-]+/g, hidden],
  [/\b(Bearer|DPoP)\s+[\w.~+/=-]+/gi, `$1 ${hidden}`],
  [/\b(Basic\s+)[\w+/=-]{8,}/g, `$1${hidden}`],
  [/((?:__Host-|__Secure-)?\bmc_[a-z]+=)[^;\s"',\\]+/g, `$1${hidden}`],
  [/\b((?:set-)?cookie|authorization)(\\?["']?\s*[:=]\s*)[^\r\n]+/gi, `$1$2${hidden}`],
  // `user:password@` of an address; a Sentry address has its key there alone.
  [/\b([a-z][a-z0-9+.-]*:\/\/)[^\s/@"'\\]+@/gi, `$1${hidden}@`],
  // The path of a webhook is as good as a password.
  [
    /\b(https?:\/\/[^\s/?#"'\\]+\/)[^\s"'\\]*?(?:webhook|hooks|workflows|services)[^\s"'\\]*/gi,
    `$1${hidden}`,
  ],
  [/\b(https?:\/\/[^\s?"'\\]+\?)[^\s"'\\]+/gi, `$1${hidden}`],
  [
    /([?&#](?:token|code|state|nonce|sig|key|secret|password|[a-z]+_token|client_secret)=)[^&\s"'\\]+/gi,
    `$1${hidden}`,
  ],
  [
    /\b(\w*(?:password|passwd|secret|token|api_?key)\w*\\?["']?\s*[=:]\s*\\?["']?)(?!\[hidden\])[^\s"',;&\\}]+/gi,
    `$1${hidden}`,
  ],
  // What a failed statement of the database was asked with.
  [/^(params: )[^\r\n]*/gm, `$1${hidden}`],
];

/** A text without the secrets that can be told by their shape. */
export function scrubText(text: string): string {
  let clean = text;
  for (const [shape, instead] of shapes) clean = clean.replace(shape, instead);
  return clean;
}

/** A copy of JSON without secrets, by name and by shape, however deep. */
export function scrub(value: unknown, name = "", parent = ""): unknown {
  if (value === null || typeof value === "boolean") return value;
  if (name !== "" && isSecretName(name, parent)) return hidden;
  if (typeof value === "string") return scrubText(value);
  if (Array.isArray(value)) return value.map((item) => scrub(item, "", parent));
  if (typeof value !== "object") return value;
  // Names are texts of somebody too: a header may be named by a token.
  return Object.fromEntries(
    Object.entries(value).map(([inner, held]) => [scrubText(inner), scrub(held, inner, name)]),
  );
}
