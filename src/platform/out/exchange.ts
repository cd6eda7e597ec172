import http from "node:http";
import https from "node:https";
import type { CheckedAddress } from "./resolve-host";

/** What came back; `complete` false: the answer was cut, by us or by a connection that broke inside the body. */
export type Answer = { status: number; headers: http.IncomingHttpHeaders; body: string; complete: boolean };

export type Agents = { http: http.Agent; https: https.Agent };

/** What is asked; a body makes it a POST. */
export type Question = { url: URL; body: string | null; headers: Record<string, string> };

/**
 * One request to addresses that were checked before. Resolves once a status line came, whatever happens to the body
 * after it: the other side has taken the message, and a broken body must not make it be sent again.
 */
export function exchange(
  agents: Agents,
  { url, body, headers }: Question,
  addresses: CheckedAddress[],
  maxAnswerBytes: number,
  signal: AbortSignal,
): Promise<Answer> {
  const secure = url.protocol === "https:";
  return new Promise((resolve, reject) => {
    const request = (secure ? https : http).request({
      protocol: url.protocol,
      hostname: bareHost(url),
      port: url.port || (secure ? 443 : 80),
      path: `${url.pathname}${url.search}`,
      method: body === null ? "GET" : "POST",
      headers: body === null ? headers : { ...headers, "content-length": Buffer.byteLength(body) },
      agent: secure ? agents.https : agents.http,
      lookup: (_host, options, done) => {
        const first = addresses[0];
        if (options.all) done(null, addresses);
        else if (first) done(null, first.address, first.family);
      },
    });
    let settle: (() => void) | undefined;
    const abort = () => {
      settle?.();
      request.destroy(new Error("aborted"));
    };
    signal.addEventListener("abort", abort, { once: true });
    request.once("error", (error) => {
      settle?.();
      reject(error);
    });
    request.once("close", () => signal.removeEventListener("abort", abort));
    request.once("response", (response) => {
      const chunks: Buffer[] = [];
      let bytes = 0;
      const finish = (complete: boolean) => {
        const text = Buffer.concat(chunks).subarray(0, maxAnswerBytes).toString("utf8");
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text, complete });
      };
      settle = () => finish(false);
      response.on("data", (chunk: Buffer) => {
        chunks.push(chunk);
        bytes += chunk.length;
        if (bytes <= maxAnswerBytes) return;
        finish(false);
        request.destroy();
      });
      response.once("end", () => finish(true));
      response.once("error", () => finish(false));
      response.once("close", () => finish(false));
    });
    request.end(body ?? undefined);
  });
}

/** Host of a URL as a name or address: an IPv6 literal without its brackets. */
export function bareHost(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, "");
}
