import type { IncomingMessage, ServerResponse } from "node:http";
import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import { invalid, Refusal } from "@/domain/kernel";
import { appRouter } from "../router";
import { asTrpc } from "../trpc";
import { retryAfterSeconds, send, sendRefusal } from "./answer";
import { demandDecodable } from "./demand-decodable";
import { isNestedTooDeep, nestedTooDeep } from "./nesting";
import { readBody } from "./read-body";
import { refusalFor } from "./refusals";
import { type ApiParts, requestContext } from "./request-context";

export const rpcPath = "/api/trpc";
/** A batch counts as one call, so it may not hold any number of them; a page of ours asks for a dozen at once. */
const mostInBatch = 50;

/** The typed client's door: tRPC over HTTP, with the same limits, compression and identification as REST. */
export async function answerRpc(
  parts: ApiParts,
  req: IncomingMessage,
  res: ServerResponse,
  requestId: string,
): Promise<void> {
  try {
    // Others, such as TRACE, the fetch API does not even take into a request.
    if (!/^(GET|HEAD|POST)$/.test(req.method ?? "")) {
      res.setHeader("Allow", "GET, POST");
      const refusal = new Refusal("invalid", "This address takes GET and POST only.");
      return await sendRefusal(req, res, refusal, requestId, 405);
    }
    demandDecodable(req.url?.split("?")[0] ?? "");
    const answer = await fetchRequestHandler({
      endpoint: rpcPath,
      router: appRouter,
      maxBatchSize: mostInBatch,
      req: await asFetchRequest(req),
      createContext: () =>
        requestContext(parts, req, res, requestId).catch((error: unknown) => {
          throw asTrpc(refusalFor(error));
        }),
      responseMeta({ errors }) {
        const waits = errors.map((error) => retryAfterSeconds(refusalFor(error))).find(Boolean);
        return { headers: waits ? { "Retry-After": waits } : {} };
      },
      onError({ error, path }) {
        if (refusalFor(error).code !== "internal") return;
        parts.runtime.log.error(
          { err: error.cause ?? error, requestId, procedure: path },
          "A procedure failed.",
        );
      },
    });
    const wait = answer.headers.get("Retry-After");
    if (wait) res.setHeader("Retry-After", wait);
    const type = answer.headers.get("Content-Type") ?? undefined;
    await send(req, res, answer.status, Buffer.from(await answer.arrayBuffer()), type);
  } catch (error) {
    const refusal = refusalFor(error);
    if (refusal.code === "too-large") res.setHeader("Connection", "close");
    if (!res.headersSent && !res.destroyed) await sendRefusal(req, res, refusal, requestId);
  }
}

async function asFetchRequest(req: IncomingMessage): Promise<Request> {
  const method = req.method ?? "GET";
  const headers = new Headers();
  for (const name of ["content-type", "accept", "trpc-accept"]) {
    const value = req.headers[name];
    if (typeof value === "string") headers.set(name, value);
  }
  const hasBody = method !== "GET" && method !== "HEAD";
  const body = hasBody ? new Uint8Array(await readBody(req)) : undefined;
  if (body && isNestedTooDeep(body)) throw invalid(nestedTooDeep);
  const url = `http://console.invalid${req.url ?? "/"}`;
  return new Request(url, body ? { method, headers, body } : { method, headers });
}
