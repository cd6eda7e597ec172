import { createHash } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { isOpenPage } from "@/contracts/people/open-pages";

export type BounceOptions = {
  /** The session's cookie, `SameSite=Strict`: browsers leave it out when a link of another site is followed. */
  sessionCookie: string;
  /** That opens this answer for its inline script; see `openForNonce`. */
  nonce: string;
};

/** Long enough for the way back, short enough that the same link works again. */
const markSeconds = 5;
const markCookie = "mc_bounced";

/**
 * A link from Teams or a mail arrives without the session, although its reader is signed in. Such a visit gets a tiny
 * page of this origin that goes to the same address again: now the browser sends the cookie. The page holds nothing
 * of the request, so it can lead nowhere else. A mark for that path prevents a circle; pages that need no session are left alone.
 * Answers whether it answered.
 */
export function answerBounce(
  request: IncomingMessage,
  response: ServerResponse,
  { sessionCookie, nonce }: BounceOptions,
): boolean {
  const { headers, method, url = "/" } = request;
  const fromElsewhere = headers["sec-fetch-site"] === "cross-site" || headers["sec-fetch-site"] === "none";
  const visit = headers["sec-fetch-mode"] === "navigate" && headers["sec-fetch-dest"] === "document";
  if (method !== "GET" || !fromElsewhere || !visit || isOpenPage(url)) return false;
  const cookies = cookiesOf(headers.cookie);
  const mark = createHash("sha256").update(url).digest("base64url").slice(0, 16);
  if (cookies.has(sessionCookie) || cookies.get(markCookie) === mark) return false;
  response.setHeader("Content-Type", "text/html; charset=utf-8");
  response.setHeader("Cache-Control", "no-store");
  response.setHeader(
    "Set-Cookie",
    `${markCookie}=${mark}; Path=/; Max-Age=${markSeconds}; HttpOnly; SameSite=Lax`,
  );
  response.end(page(nonce));
  return true;
}

/**
 * The address is changed first, in place: going to the very address that is shown, with a `#`, would load nothing,
 * and a reload would count as the other site's again.
 */
const page = (nonce: string) => `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="color-scheme" content="light dark">
    <title>Mission Control</title>
    <script nonce="${nonce}">
      const to = location.href;
      history.replaceState(null, "", "/");
      location.replace(to);
    </script>
  </head>
  <body><noscript>Mission Control needs JavaScript.</noscript></body>
</html>
`;

function cookiesOf(header = ""): Map<string, string> {
  return new Map(
    header.split(";").map((pair): [string, string] => {
      const [name = "", ...value] = pair.split("=");
      return [name.trim(), value.join("=").trim()];
    }),
  );
}
