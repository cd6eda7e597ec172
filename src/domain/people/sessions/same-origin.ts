import type { IncomingHttpHeaders } from "node:http";

/**
 * Whether a request with a cookie came from our own pages. Browsers say so (`Sec-Fetch-Site`, else `Origin`); a
 * program that sends neither has no cookie that a stranger's page could ride on. `url` is our public origin.
 */
export function isSameOrigin(headers: IncomingHttpHeaders, url: string): boolean {
  const site = headers["sec-fetch-site"];
  if (site !== undefined && site !== "same-origin" && site !== "none") return false;
  const { origin } = headers;
  if (origin === undefined) return true;
  if (!URL.canParse(origin)) return false;
  return new URL(origin).origin === url || new URL(origin).host === headers.host;
}
