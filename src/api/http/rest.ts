import type { IncomingMessage, ServerResponse } from "node:http";
import { callProcedure } from "@trpc/server/unstable-core-do-not-import";
import { Refusal } from "@/domain/kernel";
import { appRouter } from "../router";
import { send, sendRefusal } from "./answer";
import { demandDecodable } from "./demand-decodable";
import { refusalFor } from "./refusals";
import { type ApiParts, requestContext } from "./request-context";
import { restInput, WrongContentType } from "./rest-input";
import { matchRest, type RestMatch } from "./rest-routes";

class MethodNotAllowed extends Refusal {
  constructor(readonly allowed: string[]) {
    super("invalid", `This address takes ${allowed.join(" and ")} only.`);
  }
}

/**
 * REST below `/v1`: finds the procedure of the path, calls it like tRPC does, and answers in the words of the
 * surface. Own code instead of trpc-to-openapi's handler, which rewrites the shared schemas so that they take
 * "false" for true, and answers errors in another shape; the document is that library's.
 */
export async function answerRest(
  parts: ApiParts,
  req: IncomingMessage,
  res: ServerResponse,
  requestId: string,
): Promise<void> {
  try {
    const { match, query } = findRoute(req);
    const ctx = await requestContext(parts, req, res, requestId);
    const input = await restInput(req, match, query);
    const gone = new AbortController();
    res.once("close", () => gone.abort());
    const data: unknown = await callProcedure({
      router: appRouter,
      path: match.route.procedure,
      type: match.route.type,
      getRawInput: async () => input,
      ctx,
      signal: gone.signal,
      batchIndex: 0,
    });
    const status = ctx.status() ?? match.route.meta.successStatus ?? 200;
    const { answers, body } = match.route.meta;
    if (answers) await send(req, res, status, String(data), `${answers}; charset=utf-8`);
    else await send(req, res, status, body ? body(data) : JSON.stringify(data ?? {}));
  } catch (error) {
    await refuse(parts, req, res, requestId, error);
  }
}

function findRoute(req: IncomingMessage): { match: RestMatch; query: URLSearchParams } {
  const [path = "", ...rest] = (req.url ?? "").split("?");
  const query = new URLSearchParams(rest.join("?"));
  demandDecodable(path);
  const found = matchRest(req.method ?? "GET", path.slice("/v1".length));
  if ("route" in found) return { match: found, query };
  if (found.allowed.length > 0) throw new MethodNotAllowed(found.allowed);
  throw new Refusal("not-found", "There is nothing at this address. /docs lists what there is.");
}

async function refuse(
  { runtime }: ApiParts,
  req: IncomingMessage,
  res: ServerResponse,
  requestId: string,
  error: unknown,
): Promise<void> {
  const refusal = refusalFor(error);
  if (refusal.code === "internal") {
    runtime.log.error({ err: error, requestId, url: req.url?.split("?")[0] }, "A REST request failed.");
  }
  if (res.headersSent || res.destroyed) return;
  if (error instanceof MethodNotAllowed) res.setHeader("Allow", error.allowed.join(", "));
  if (refusal.code === "too-large") res.setHeader("Connection", "close");
  await sendRefusal(req, res, refusal, requestId, statusOf(error));
}

function statusOf(error: unknown): number | undefined {
  if (error instanceof MethodNotAllowed) return 405;
  return error instanceof WrongContentType ? 415 : undefined;
}
