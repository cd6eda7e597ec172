/** What a failed connection means, for the person who set the address. */
export function failureText(error: unknown, host: string): string {
  const code = codeOf(error);
  switch (code) {
    case "ENOTFOUND":
    case "EAI_AGAIN":
      return `The name ${host} can't be resolved (${code}). Check the address and this server's DNS.`;
    case "ECONNREFUSED":
      return `${host} refused the connection. Is the service running, and is the port right?`;
    case "ECONNRESET":
    case "EPIPE":
    case "UND_ERR_SOCKET":
      return `${host} closed the connection before it answered.`;
    case "ETIMEDOUT":
    case "EHOSTUNREACH":
    case "ENETUNREACH":
      return `${host} can't be reached from this server (${code}).`;
    default:
  }
  if (/CERT|SIGNATURE|SELF_SIGNED|ALTNAME|EPROTO|SSL|TLS/.test(code)) {
    return `The secure connection to ${host} failed (${code}): its certificate is not valid for this name or not trusted.`;
  }
  return `The request to ${host} failed (${code || "no reason given"}).`;
}

/** The code of an error, also of one that gathers the failures of several addresses. */
function codeOf(error: unknown): string {
  if (error instanceof AggregateError) return codeOf(error.errors[0]);
  if (error instanceof Error)
    return "code" in error && typeof error.code === "string" ? error.code : error.message;
  return "";
}
