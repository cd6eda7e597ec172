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

const loopback = /^(localhost|127\.\d+\.\d+\.\d+|::1)$/;

/**
 * `smtps:` is TLS from the first byte, port 465. `smtp:` is port 587 and STARTTLS when the server offers it; with a
 * password in the address and a server elsewhere it is demanded, so that the password never travels in the clear.
 */
export function smtpTarget(address: string): SmtpTarget {
  const url = new URL(address);
  const secure = url.protocol === "smtps:";
  const host = url.hostname.replace(/^\[|\]$/g, "");
  const user = decodeURIComponent(url.username);
  return {
    host,
    port: url.port ? Number(url.port) : secure ? 465 : 587,
    secure,
    requireTLS: !secure && user !== "" && !loopback.test(host),
    ...(user ? { auth: { user, pass: decodeURIComponent(url.password) } } : {}),
  };
}
