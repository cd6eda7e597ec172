import { randomBytes } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { isSecretPath } from "@/contracts/people/open-pages";

export type HeaderOptions = {
  /** Whether people come by https, here or at a proxy. */
  secure: boolean;
  /** Whether Next runs in development, whose React evaluates strings to rebuild stacks. Nothing of ours does. */
  dev: boolean;
};

/** Headers of every answer. Scripts come from files of this origin; a page that needs inline ones opens for itself. */
export function setSecurityHeaders(response: ServerResponse, { secure, dev }: HeaderOptions): void {
  response.setHeader("X-Content-Type-Options", "nosniff");
  response.setHeader("X-Frame-Options", "DENY");
  response.setHeader("Referrer-Policy", "same-origin");
  response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
  response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
  response.setHeader("Origin-Agent-Cluster", "?1");
  response.setHeader("Permissions-Policy", permissions);
  response.setHeader("Content-Security-Policy", policy("script-src 'self'", { secure, dev }));
  if (secure) response.setHeader("Strict-Transport-Security", "max-age=31536000; includeSubDomains");
}

/**
 * Opens one page for its own inline scripts by a nonce of this answer alone. Next finds it in the request's
 * `content-security-policy` and puts it on every script that it writes; our pages find it in `x-nonce`. What the
 * caller sent under these names is overwritten. `strict-dynamic`: scripts with the nonce may load their chunks, and
 * nothing else may be loaded by being written into the page. Answers the nonce.
 */
export function openForNonce(
  request: IncomingMessage,
  response: ServerResponse,
  options: HeaderOptions,
): string {
  const nonce = randomBytes(18).toString("base64");
  const evaluates = options.dev ? " 'unsafe-eval'" : "";
  const text = policy(`script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${evaluates}`, options);
  request.headers["content-security-policy"] = text;
  request.headers["x-nonce"] = nonce;
  delete request.headers["content-security-policy-report-only"];
  response.setHeader("Content-Security-Policy", text);
  if (isSecretPath(request.url ?? "")) response.setHeader("Referrer-Policy", "no-referrer");
  return nonce;
}

/**
 * `style-src` allows inline styles: virtual rows and pop-overs are placed by style attributes, for which there is no
 * nonce, and toasts bring a style element of their own. A style can't run code here, and can't fetch from elsewhere.
 */
function policy(scripts: string, { secure, dev }: HeaderOptions): string {
  return [
    "default-src 'self'",
    scripts,
    "script-src-attr 'none'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self' data:",
    // Browsers take `'self'` for sockets of this origin as well; Next's development socket may be another name of it.
    `connect-src 'self'${dev ? " ws: wss:" : ""}`,
    "object-src 'none'",
    "frame-src 'none'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    ...(secure ? ["upgrade-insecure-requests"] : []),
  ].join("; ");
}

/** What the console uses, for itself only: passkeys and the clipboard. */
const permissions = [
  ...[
    "camera",
    "microphone",
    "geolocation",
    "payment",
    "usb",
    "serial",
    "bluetooth",
    "midi",
    "display-capture",
  ].map((feature) => `${feature}=()`),
  ...["publickey-credentials-get", "publickey-credentials-create", "clipboard-write"].map(
    (feature) => `${feature}=(self)`,
  ),
].join(", ");
