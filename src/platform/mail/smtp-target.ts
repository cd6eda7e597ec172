import { isLoopback } from "../loopback";

/** Where mail goes, taken apart from `SMTP_URL`. */
export type SmtpTarget = {
  host: string;
  port: number;
  /** TLS from the first byte. */
  secure: boolean;
  /** STARTTLS must succeed, or nothing is sent. */
  requireTLS: boolean;
  auth?: { user: string; pass: string };
};

/**
 * `smtps:` is TLS from the first byte, port 465. `smtp:` is port 587 and STARTTLS, which is demanded of every server
 * that is not this machine: links that open accounts, and the password, must not travel in the clear. A host of
 * `unencryptedAllow` is taken as it is; but with a password in the address TLS is demanded of it too.
 */
export function smtpTarget(address: string, unencryptedAllow: readonly string[] = []): SmtpTarget {
  const url = new URL(address);
  const secure = url.protocol === "smtps:";
  const host = url.hostname.replace(/^\[|\]$/g, "");
  const user = decodeURIComponent(url.username);
  return {
    host,
    port: url.port ? Number(url.port) : secure ? 465 : 587,
    secure,
    requireTLS: !secure && !isLoopback(host) && (user !== "" || !unencryptedAllow.includes(host)),
    ...(user ? { auth: { user, pass: decodeURIComponent(url.password) } } : {}),
  };
}
