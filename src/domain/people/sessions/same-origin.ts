import type { IncomingHttpHeaders } from "node:http";

/**
 * Whether a request with a cookie came from our own pages. Browsers say so (`Sec-Fetch-Site`, else `Origin`, which
 * every browser sends with what changes something); a program that sends neither has no cookie that a stranger's page
 * could ride on, since the session's is `SameSite=Strict` besides. `url` is our public origin. Another name of this
 * server counts when page and request agree on it; its scheme must be ours, or a page that was forged on plain http
 * would count.
 */
export function isSameOrigin(headers: IncomingHttpHeaders, url: string): boolean {
  const site = headers["sec-fetch-site"];
  if (site !== undefined && site !== "same-origin" && site !== "none") return false;
  const { origin, host } = headers;
  if (origin === undefined) return true;
  if (!URL.canParse(origin)) return false;
  const [page, own] = [new URL(origin), new URL(url)];
  return page.origin === own.origin || (page.protocol === own.protocol && page.host === host);
}
