const notTls = /^(?:ERR_SSL_|EPROTO$)/;
const unknownAuthority =
  /^(?:DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|CERT_UNTRUSTED|UNABLE_TO_(?:VERIFY|GET)_.*)$/;
const brokenOff = /^(?:ECONNRESET|EPIPE|UND_ERR_SOCKET)$/;
const noName = /^(?:ENOTFOUND|EAI_AGAIN)$/;

/**
 * Why nothing came from `url`, and what to do: texts of libraries tell of sockets and records, not of an address that
 * is wrong.
 */
export function faultWords(url: string, error: unknown): string {
  const { protocol, hostname } = new URL(url);
  const code = codeOf(error);
  if (notTls.test(code)) return `${url} answers, but not by TLS; is it http:// instead of https://?`;
  if (code.startsWith("HPE_")) return `${url} answers, but not by HTTP; is --url right?`;
  if (noName.test(code)) return `The name ${hostname} has no address; is --url right?`;
  if (code === "CERT_HAS_EXPIRED")
    return `The certificate of ${url} has expired; the server needs a new one.`;
  if (code === "ERR_TLS_CERT_ALTNAME_INVALID")
    return `The certificate of ${url} is for another name; give that name as --url.`;
  if (unknownAuthority.test(code)) {
    const what = `The certificate of ${url} is signed by an authority that is not known here`;
    return `${what}; set NODE_EXTRA_CA_CERTS to a file with that authority's certificate.`;
  }
  if (brokenOff.test(code)) {
    const question = protocol === "http:" ? "is it https:// instead of http://?" : "is --url right?";
    return `${url} ends the connection without an answer; ${question}`;
  }
  return `${url} does not answer; is the server running, and --url right?`;
}

/** Of who answers at `url`, and is not Mission Control or has it at another address. */
export function strangerWords(url: string, status: number): string {
  if (status >= 502 && status <= 504)
    return `${url} answers ${status}: a gateway there does not reach the server; is the server running?`;
  const { origin, pathname } = new URL(url);
  const words = `${url} answers ${status}, but not as Mission Control does; is --url right?`;
  return pathname === "/" ? words : `${words} It may be ${origin} alone.`;
}

/** Of the error at the bottom; of an address with several numbers, each of which failed, the first. */
function codeOf(error: unknown): string {
  let found = error;
  while (found instanceof Error && found.cause instanceof Error) found = found.cause;
  if (found instanceof AggregateError) [found] = found.errors;
  return found instanceof Error && "code" in found ? String(found.code) : "";
}
