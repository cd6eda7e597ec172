import type { IncomingMessage, ServerResponse } from "node:http";
import { httpStatusOf } from "@/contracts/kernel/errors";
import { returnPath } from "@/contracts/people/return-path";
import { placeOf } from "@/domain/people/sessions";
import {
  beginSso,
  finishSso,
  type Sso,
  SsoRefusal,
  signOutAtProvider,
  stateCookie,
} from "@/domain/people/sso";
import { retryAfterSeconds, send } from "./answer";
import { refusalFor } from "./refusals";
import { type ApiParts, requestContext } from "./request-context";
import { type PlainPage, plainPage } from "./sso-page";

export const ssoPath = "/auth/sso";
const html = "text/html; charset=utf-8";
const toSignIn = { to: "/login", label: "Back to the sign-in page" };
/** Statuses of refusals that are nobody's "forbidden". */
const statusOf: Partial<Record<SsoRefusal["reason"], number>> = {
  state: 400,
  "address-taken": 409,
  misconfigured: 503,
  "no-sign-out": 404,
};

/**
 * `/auth/sso/start` leads to the identity provider, `/auth/sso/callback` is the way back, and `/auth/sso/logout` signs
 * out there as well, for who is signed out here and wants that. All are visits of a browser
 * and answer with pages and redirects, never with JSON. `sso` is null while single sign-on is not set up.
 */
export async function answerSso(
  parts: ApiParts,
  sso: Sso | null,
  req: IncomingMessage,
  res: ServerResponse,
  requestId: string,
): Promise<void> {
  const { pathname, searchParams } = new URL(req.url ?? "/", "http://console.invalid");
  const show = (status: number, page: PlainPage) => send(req, res, status, plainPage(page), html);
  const steps: Record<string, (sso: Sso) => Promise<void>> = {
    [`${ssoPath}/start`]: (provider) => start(parts, provider, req, res, requestId, searchParams),
    [`${ssoPath}/logout`]: async (provider) => redirect(res, (await signOutAtProvider(provider)).href),
    [`${ssoPath}/callback`]: (provider) => callback(parts, provider, req, res, requestId, searchParams),
  };
  const step = steps[pathname];
  if (!step || !sso) {
    const line = step ? "Single sign-on is not set up on this server." : "The link is wrong or old.";
    return show(404, { title: "There is nothing here", lines: [line], wayOn: toSignIn });
  }
  if (req.method !== "GET") {
    res.setHeader("Allow", "GET");
    return show(405, { title: "This address is only visited", lines: [], wayOn: toSignIn });
  }
  try {
    await step(sso);
  } catch (error) {
    if (error instanceof SsoRefusal) {
      parts.runtime.log.info({ reason: error.reason, requestId }, "A single sign-on was refused.");
      if (error.reason === "unreachable") {
        const to = returnPath(searchParams.get("to") ?? undefined);
        return redirect(res, `/login?reason=sso-down&to=${encodeURIComponent(to)}`);
      }
      const lines = [error.message, error.advice];
      return show(statusOf[error.reason] ?? 403, {
        title: error.reason === "no-sign-out" ? "Signed out here only" : "You could not be signed in",
        lines,
        requestId,
        wayOn: toSignIn,
      });
    }
    const refusal = refusalFor(error);
    if (refusal.code === "internal")
      parts.runtime.log.error({ err: error, requestId }, "A single sign-on failed.");
    const wait = retryAfterSeconds(refusal);
    if (wait) res.setHeader("Retry-After", wait);
    const page = { title: "You could not be signed in", lines: [refusal.message], wayOn: toSignIn };
    return show(httpStatusOf[refusal.code], { ...page, requestId });
  }
}

async function start(
  parts: ApiParts,
  sso: Sso,
  req: IncomingMessage,
  res: ServerResponse,
  requestId: string,
  query: URLSearchParams,
): Promise<void> {
  const ctx = await requestContext(parts, req, res, requestId);
  await ctx.attempts.take(placeOf(ctx.ip), "anonymous");
  const { location, state } = await beginSso(ctx, sso, query.get("to") ?? undefined);
  res.appendHeader("Set-Cookie", stateCookie(ctx, parts.runtime.env.url).carrying(state));
  redirect(res, location.href);
}

async function callback(
  parts: ApiParts,
  sso: Sso,
  req: IncomingMessage,
  res: ServerResponse,
  requestId: string,
  query: URLSearchParams,
): Promise<void> {
  const ctx = await requestContext(parts, req, res, requestId);
  await ctx.attempts.take(placeOf(ctx.ip), "anonymous");
  const cookie = stateCookie(ctx, parts.runtime.env.url);
  // Used once, whatever comes of it.
  res.appendHeader("Set-Cookie", cookie.ending());
  const outcome = await finishSso(ctx, sso, query, cookie.read(req.headers.cookie), ctx);
  if (outcome.kind === "link") {
    // Behind the `#`: it is sent to no server and stands in no log.
    const fragment = new URLSearchParams({ token: outcome.token, email: outcome.email });
    return redirect(res, `/link#${fragment}`);
  }
  res.appendHeader("Set-Cookie", ctx.cookies.carrying(outcome.token));
  const page = {
    title: "You are signed in",
    lines: [],
    wayOn: { to: outcome.to, label: "Go on" },
    atOnce: true,
  };
  await send(req, res, 200, plainPage(page), html);
}

/** The address holds things that no other site may learn from a referrer, and no cache may keep. */
function redirect(res: ServerResponse, location: string): void {
  res.setHeader("Cache-Control", "no-store");
  res.setHeader("Referrer-Policy", "no-referrer");
  res.writeHead(303, { Location: location }).end();
}
