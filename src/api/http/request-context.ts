import type { IncomingMessage, ServerResponse } from "node:http";
import { presentedCertificate } from "@/domain/fleet/certificates";
import { forbidden } from "@/domain/kernel";
import {
  type Attempts,
  type Authenticate,
  isSameOrigin,
  type SessionCookies,
} from "@/domain/people/sessions";
import { setupCookie } from "@/domain/people/setup";
import type { Runtime } from "@/domain/runtime";
import { clientAddress } from "@/platform/web/client-address";
import type { ApiCtx } from "../context";
import { callerByCertificate } from "./caller-by-certificate";
import { takeCall } from "./take-call";

export type ApiParts = {
  runtime: Runtime;
  authenticate: Authenticate;
  attempts: Attempts;
  cookies: SessionCookies;
};

/**
 * Who asks, and with what: the context of one request. Throws when a credential is not valid, or when a page of
 * another site rides on the cookie; signing in is guarded too, so that nobody is signed in as someone else unawares.
 */
export async function requestContext(
  parts: ApiParts,
  req: IncomingMessage,
  res: ServerResponse,
  requestId: string,
): Promise<ApiCtx & { status(): number | null }> {
  const { runtime } = parts;
  const ip = clientAddress(req, runtime.env.trustedProxies);
  const certificate = presentedCertificate(req.socket);
  const caller = certificate
    ? await callerByCertificate(runtime, certificate, ip)
    : await parts.authenticate(req.headers, undefined, ip);
  const changes = req.method !== "GET" && req.method !== "HEAD";
  const byBrowser = caller.via === "cookie" || caller.via === "nothing";
  if (changes && byBrowser && !isSameOrigin(req.headers, runtime.env.url)) {
    throw forbidden(
      "This request came from a page of another site, so it was not done. If this is our own page, check that MC_URL is the address you use.",
    );
  }
  await takeCall(parts.attempts, caller, ip);
  if (caller.setCookie) res.appendHeader("Set-Cookie", caller.setCookie);
  let status: number | null = null;
  return {
    db: runtime.db,
    bus: runtime.bus,
    clock: runtime.clock,
    ids: runtime.ids,
    sealer: runtime.sealer,
    log: runtime.log.child({ requestId }),
    ...(runtime.signIn ? { signIn: runtime.signIn } : {}),
    runtime,
    account: caller.account,
    actor: caller.actor,
    role: caller.role,
    ...(caller.scopes ? { scopes: caller.scopes } : {}),
    requestId,
    sessionId: caller.sessionId,
    family: caller.family ?? null,
    mustEnrol: caller.mustEnrol ?? false,
    ...(caller.joinToken ? { joinToken: caller.joinToken } : {}),
    setupSession: setupCookie(runtime, runtime.env.url).read(req.headers.cookie),
    ip,
    userAgent: req.headers["user-agent"] ?? null,
    idempotencyKey: headerText(req.headers["idempotency-key"]),
    attempts: parts.attempts,
    cookies: parts.cookies,
    answerWith(wanted) {
      status = wanted;
    },
    setCookie: (cookie) => void res.appendHeader("Set-Cookie", cookie),
    status: () => status,
  };
}

const headerText = (value: string | string[] | undefined): string | null =>
  (Array.isArray(value) ? value.join(",") : value) ?? null;
