import type { IncomingMessage, ServerResponse } from "node:http";
import type { z } from "zod";
import { httpStatusOf } from "@/contracts/kernel/errors";
import { deviceRequestSchema, revokeRequestSchema, tokenRequestSchema } from "@/contracts/people/oauth";
import { type Ctx, systemCtx } from "@/domain/kernel";
import { beginDeviceGrant, giveToken, OAuthRefusal, revokeRefreshToken } from "@/domain/people/oauth";
import { unhurried } from "@/domain/people/sessions";
import { placeOf } from "@/domain/people/sessions/attempts";
import { clientAddress } from "@/platform/web/client-address";
import { retryAfterSeconds, send } from "./answer";
import { type OAuthForm, readOAuthForm } from "./oauth-form";
import { refusalFor } from "./refusals";
import type { ApiParts } from "./request-context";

/**
 * The endpoints that OAuth2 programs of others call. They stand beside the procedures because the RFCs fix what ours
 * do otherwise: bodies are forms, clients prove themselves by HTTP Basic, and a "no" is `{ error, error_description }`.
 * No cookie counts here, so no page of another site can ride on one.
 */
const endpoints: Record<string, Endpoint> = {
  "/v1/oauth/token": endpoint(tokenRequestSchema, (ctx, request, { parts, ip }) =>
    giveToken(ctx, request, {
      issuer: parts.runtime.env.url,
      attempts: parts.attempts,
      place: placeOf(ip),
      ip,
    }),
  ),
  "/v1/oauth/device_authorization": endpoint(deviceRequestSchema, (ctx, request, { parts, ip }) =>
    beginDeviceGrant(ctx, request, { ip }, parts.runtime.env.url),
  ),
  "/v1/oauth/revoke": endpoint(revokeRequestSchema, async (ctx, { token }) => {
    await revokeRefreshToken(ctx, token);
    return {};
  }),
};

type Visit = { parts: ApiParts; ip: string | null };
type Endpoint = (ctx: Ctx, form: OAuthForm, visit: Visit) => Promise<object>;

function endpoint<Schema extends z.ZodType>(
  schema: Schema,
  act: (ctx: Ctx, request: z.output<Schema>, visit: Visit) => Promise<object>,
): Endpoint {
  return async (ctx, form, visit) => {
    const request = schema.safeParse(form);
    if (request.success) return act(ctx, request.data, visit);
    const [issue] = request.error.issues;
    throw new OAuthRefusal("invalid_request", `${issue?.path.join(".")}: ${issue?.message}.`);
  };
}

/** Answers when the path is one of these, in the RFCs' words, no sooner than credentials are answered elsewhere. */
export function answerOAuth(
  parts: ApiParts,
  path: string,
  req: IncomingMessage,
  res: ServerResponse,
  requestId: string,
): Promise<void> | null {
  const act = endpoints[path];
  if (!act) return null;
  return answer(parts, act, req, res, requestId);
}

async function answer(
  parts: ApiParts,
  act: Endpoint,
  req: IncomingMessage,
  res: ServerResponse,
  requestId: string,
): Promise<void> {
  const { runtime } = parts;
  const actor = { kind: "anonymous" as const, id: "oauth", name: "OAuth2 client" };
  const ctx: Ctx = { ...systemCtx(runtime), actor, requestId };
  res.setHeader("Pragma", "no-cache");
  try {
    if (req.method !== "POST") {
      res.setHeader("Allow", "POST");
      return await refuse(req, res, 405, "invalid_request", "This address takes POST only.");
    }
    const ip = clientAddress(req, runtime.env.trustedProxies);
    await parts.attempts.take(placeOf(ip), "anonymous");
    const body = await unhurried(runtime.clock, async () =>
      act(ctx, await readOAuthForm(req), { parts, ip }),
    );
    await send(req, res, 200, JSON.stringify(body));
  } catch (error) {
    if (res.headersSent || res.destroyed) return;
    await refuseFor(error, { runtime, req, res, requestId });
  }
}

type Failed = { runtime: ApiParts["runtime"]; req: IncomingMessage; res: ServerResponse; requestId: string };

async function refuseFor(error: unknown, { runtime, req, res, requestId }: Failed): Promise<void> {
  if (error instanceof OAuthRefusal) {
    const wait = error.retryAfterMs;
    if (wait !== null) res.setHeader("Retry-After", Math.ceil(wait / 1_000));
    const unknown = error.code === "invalid_client";
    if (unknown) res.setHeader("WWW-Authenticate", 'Basic realm="Mission Control"');
    return refuse(req, res, unknown ? 401 : wait === null ? 400 : 429, error.code, error.message);
  }
  const refusal = refusalFor(error);
  if (refusal.code === "internal") {
    runtime.log.error({ err: error, requestId, url: req.url?.split("?")[0] }, "An OAuth2 request failed.");
    return refuse(req, res, 500, "server_error", `${refusal.message} (request ${requestId})`);
  }
  if (refusal.code === "too-large") res.setHeader("Connection", "close");
  const wait = retryAfterSeconds(refusal);
  if (wait) res.setHeader("Retry-After", wait);
  const words: Record<string, string> = { "too-many": "slow_down", unavailable: "temporarily_unavailable" };
  return refuse(
    req,
    res,
    httpStatusOf[refusal.code],
    words[refusal.code] ?? "invalid_request",
    refusal.message,
  );
}

const refuse = (
  req: IncomingMessage,
  res: ServerResponse,
  status: number,
  error: string,
  description: string,
) => send(req, res, status, JSON.stringify({ error, error_description: description }));
