/** Why a mail was not taken, for people, and whether another try may help. */
export type MailFailure = { failure: string; final: boolean };

const words: Record<string, string> = {
  ESOCKET: "could not be reached",
  ECONNECTION: "could not be reached",
  ECONNREFUSED: "refuses connections: nobody listens on that port",
  ECONNRESET: "closed the connection",
  ETIMEDOUT: "did not answer in time",
  EDNS: "has no address: the name may be mistyped",
  ENOTFOUND: "has no address: the name may be mistyped",
  ETLS: "could not be reached over TLS: its certificate is not trusted, or it offers no TLS",
  EAUTH: "did not accept the user and password of SMTP_URL",
};

/**
 * A 5xx answer is final: the server will say the same tomorrow. Everything else may pass by itself. The server's own
 * words are kept to its code: they may repeat the address, which does not belong in a log.
 */
export function mailFailure(error: unknown, host: string): MailFailure {
  const status = numberOf(error, "responseCode");
  const code = textOf(error, "code");
  const final = status !== null && status >= 500;
  const said = words[code] ?? (status === null ? "could not take the mail" : "did not take the mail");
  return { failure: `${host} ${said}${status === null ? "" : ` (answer ${status})`}.`, final };
}

function numberOf(error: unknown, name: string): number | null {
  const value = error instanceof Error ? Object.getOwnPropertyDescriptor(error, name)?.value : null;
  return typeof value === "number" ? value : null;
}

function textOf(error: unknown, name: string): string {
  const value = error instanceof Error ? Object.getOwnPropertyDescriptor(error, name)?.value : "";
  return typeof value === "string" ? value : "";
}
