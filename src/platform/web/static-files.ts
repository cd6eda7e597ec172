import type { IncomingMessage, ServerResponse } from "node:http";
import sirv from "sirv";

const prefix = "/_next/static/";

/**
 * Scripts and styles of the build, whose names change with what they hold, so browsers may keep them for ever. Sent
 * as `scripts/compress-static.mjs` compressed them. Answers whether the request was for one of them.
 */
export function createStaticFiles(
  folder: string,
): (request: IncomingMessage, response: ServerResponse) => boolean {
  const send = sirv(folder, { immutable: true, maxAge: 31_536_000, brotli: true, gzip: true, etag: false });
  return (request, response) => {
    const { url } = request;
    if (!url?.startsWith(prefix) || (request.method !== "GET" && request.method !== "HEAD")) return false;
    request.url = url.slice(prefix.length - 1);
    let known = true;
    send(request, response, () => {
      known = false;
      request.url = url;
    });
    return known;
  };
}
