import type { IncomingMessage, ServerResponse } from "node:http";
import { type Authenticate, createAttempts, sessionCookies } from "@/domain/people/sessions";
import type { Runtime } from "@/domain/runtime";
import { type LimitStore, memoryLimits } from "@/platform/limits";
import { send, sendRefusal } from "./answer";
import { answerDocs } from "./docs";
import { answerJwks, jwksPath } from "./jwks";
import { answerOAuth } from "./oauth";
import { openApiDocument } from "./openapi";
import { refusalFor } from "./refusals";
import type { ApiParts } from "./request-context";
import { answerRest } from "./rest";
import { answerRpc, rpcPath } from "./rpc";
import { answerSso, ssoPath } from "./sso";

export type ApiOptions = {
  runtime: Runtime;
  authenticate: Authenticate;
  /** Where attempts are counted; in the memory of this instance unless said otherwise. */
  limits?: LimitStore;
};

/**
 * Everything that is answered by procedures: `/api/trpc`, `/v1`, `/v1/openapi.json` and `/docs`; and the visits of
 * single sign-on. The handler answers false for any other address and then has only named the request.
 */
export function mountApi({ runtime, authenticate, limits = memoryLimits() }: ApiOptions) {
  const parts: ApiParts = {
    runtime,
    authenticate,
    attempts: createAttempts(runtime, limits),
    cookies: sessionCookies(runtime, runtime.env.url),
  };
  let document: string | undefined;

  function answer(req: IncomingMessage, res: ServerResponse, requestId: string): Promise<void> | null {
    const [path = ""] = (req.url ?? "").split("?");
    if (isUnder(path, rpcPath)) return answerRpc(parts, req, res, requestId);
    if (path === "/v1/openapi.json") {
      document ??= JSON.stringify(openApiDocument(runtime.env.url));
      return send(req, res, 200, document);
    }
    if (isUnder(path, ssoPath)) return answerSso(parts, runtime.sso, req, res, requestId);
    const oauth = answerOAuth(parts, path, req, res, requestId);
    if (oauth) return oauth;
    if (path === jwksPath) return answerJwks(runtime, req, res);
    if (isUnder(path, "/v1")) return answerRest(parts, req, res, requestId);
    return isUnder(path, "/docs") ? answerDocs(req, res, requestId) : null;
  }

  return (req: IncomingMessage, res: ServerResponse): boolean => {
    const requestId = requestIdOf(req) ?? runtime.ids.id("req");
    // Set first: an answer that is ready at once has sent its headers when the call returns.
    res.setHeader("X-Request-Id", requestId);
    const answering = answer(req, res, requestId);
    if (!answering) return false;
    answering.catch((error: unknown) => {
      runtime.log.error({ err: error, requestId }, "An answer could not be given.");
      if (res.headersSent) res.destroy();
      else void sendRefusal(req, res, refusalFor(error), requestId);
    });
    return true;
  };
}

const isUnder = (path: string, root: string) => path === root || path.startsWith(`${root}/`);

/** A caller's own id is kept when it is a plain word, so that logs on both sides can be laid side by side. */
function requestIdOf(req: IncomingMessage): string | null {
  const given = req.headers["x-request-id"];
  return typeof given === "string" && /^[\w-]{8,64}$/.test(given) ? given : null;
}
