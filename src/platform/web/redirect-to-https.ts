import { createServer, type RequestListener, type Server } from "node:http";

/** A server of plain HTTP that answers nothing else. */
export const createRedirectToHttps = (origin: string): Server => createServer(redirectToHttps(origin));

/**
 * Answers what came in plain HTTP, to us or to a trusted proxy: sends readers (GET, HEAD) to the same path of `origin`, our https address, and refuses all
 * else: a redirected POST would make a client send its credential in the clear first, each time, without noticing.
 * The host that the caller named is not believed.
 */
export function redirectToHttps(origin: string): RequestListener {
  return (request, response) => {
    const path = request.url?.startsWith("/") ? request.url : "/";
    response.setHeader("Connection", "close");
    response.setHeader("Cache-Control", "no-store");
    response.setHeader("X-Content-Type-Options", "nosniff");
    if (request.method === "GET" || request.method === "HEAD") {
      response.writeHead(308, { Location: locationOf(origin, path) }).end();
      return;
    }
    const message =
      `Nothing was done: this port speaks plain http. Send it to ${origin}, and change the credential that was ` +
      "in this request, because others could read it on its way.";
    response.writeHead(403, { "Content-Type": "application/json; charset=utf-8" });
    response.end(JSON.stringify({ error: { code: "forbidden", message } }));
  };
}

/** Joined as text and read again: as a relative address, `//elsewhere` would be another host. */
function locationOf(origin: string, path: string): string {
  const whole = `${origin}${path}`;
  return URL.canParse(whole) ? new URL(whole).href : `${origin}/`;
}
