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
  EAUTH: "did not accept the user and password of SMTP_URL",
};

/**
 * A 5xx answer is final: the server will say the same tomorrow. Everything else may pass by itself. The server's own
 * words are kept to its code: they may repeat the address, which does not belong in a log.
 */
export function mailFailure(error: unknown, host: string): MailFailure {
  const status = numberOf(error, "responseCode");
  const code = textOf(error, "code");
  const message = error instanceof Error ? error.message : "";
  if (code === "ETLS" || /certificate|self.signed|altnames|SSL|TLS/i.test(message)) {
    return { failure: `${host} ${tlsWords(message, status)}`, final: false };
  }
  const final = status !== null && status >= 500;
  const said = words[code] ?? (status === null ? "could not take the mail" : "did not take the mail");
  return { failure: `${host} ${said}${status === null ? "" : ` (answer ${status})`}.`, final };
}

/** Trouble with TLS is mended by people, at the certificate or in the settings; until then nothing is sent. */
function tlsWords(message: string, status: number | null): string {
  if (/altnames|does not match/i.test(message)) {
    return "shows a certificate of another name; SMTP_URL must name the host as its certificate does.";
  }
  if (/expired/i.test(message)) return "shows a certificate that has run out.";
  if (/certificate|self.signed/i.test(message)) {
    return "shows a certificate that is not trusted here; NODE_EXTRA_CA_CERTS adds an authority of your own.";
  }
  if (status !== null) {
    return "offers no encryption (STARTTLS), so nothing is sent. Use smtps:, or name it in MC_UNENCRYPTED_ALLOW.";
  }
  return "could not be spoken to over TLS. Is it smtps: (port 465) or smtp: (port 587)?";
}

function numberOf(error: unknown, name: string): number | null {
  const value = error instanceof Error ? Object.getOwnPropertyDescriptor(error, name)?.value : null;
  return typeof value === "number" ? value : null;
}

function textOf(error: unknown, name: string): string {
  const value = error instanceof Error ? Object.getOwnPropertyDescriptor(error, name)?.value : "";
  return typeof value === "string" ? value : "";
}
