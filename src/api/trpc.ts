import { initTRPC, TRPCError } from "@trpc/server";
import { type MiddlewareResult, middlewareMarker } from "@trpc/server/unstable-core-do-not-import";
import type { OpenApiMeta } from "trpc-to-openapi";
import type { Permission } from "@/contracts/people/role";
import { demand, forbidden, Refusal, unauthenticated, withIdempotency } from "@/domain/kernel";
import type { StartedText } from "@/platform/web/started-text";
import type { ApiCtx } from "./context";
import { refusalFor } from "./http/refusals";

/**
 * Who may call a procedure. `public`: anyone · `signed-in`: any person or token · `agent`: an agent's key, and
 * nobody else · a permission: the roles that hold it. There is no default: a procedure without it refuses everyone.
 */
export type Access = "public" | "signed-in" | "agent" | Permission;

/**
 * Every procedure has its REST path, its access and, when it makes something, the status 201. `ownIdempotency`: its
 * verb keeps the `Idempotency-Key` in its own transaction, so the one around all mutations leaves it alone.
 * `answers`: over REST its text goes out as it is, in this type instead of JSON. `body`: writes its JSON, where making all
 * of it anew for each caller costs too much.
 * `beforeEnrolment`: open also to a person who must set up a second factor first.
 */
export type Meta = OpenApiMeta<{
  access: Access;
  successStatus?: 201;
  answers?: "text/yaml";
  body?(data: unknown): StartedText;
  ownIdempotency?: true;
  beforeEnrolment?: true;
}>;

const trpcCodeOf = {
  invalid: "BAD_REQUEST",
  unauthenticated: "UNAUTHORIZED",
  forbidden: "FORBIDDEN",
  "not-found": "NOT_FOUND",
  conflict: "CONFLICT",
  "too-large": "PAYLOAD_TOO_LARGE",
  "too-many": "TOO_MANY_REQUESTS",
  unavailable: "SERVICE_UNAVAILABLE",
  internal: "INTERNAL_SERVER_ERROR",
} as const;

const t = initTRPC
  .context<ApiCtx>()
  .meta<Meta>()
  .create({
    // Stacks never leave the server, whatever NODE_ENV says.
    isDev: false,
    errorFormatter: ({ shape, error, ctx }) => {
      const refusal = refusalFor(error);
      return {
        ...shape,
        message: refusal.message,
        data: {
          ...shape.data,
          refusal: refusal.code,
          details: refusal.details ?? null,
          requestId: ctx?.requestId ?? null,
        },
      };
    },
  });

const guarded = t.middleware(async ({ ctx, meta, path, next }) => {
  const access = meta?.access;
  if (!access) throw asTrpc(forbidden("This procedure declares no access, so nobody has it."));
  await judge(ctx, access, path);
  if (ctx.mustEnrol && access !== "public" && !meta.beforeEnrolment) throw asTrpc(enrolFirst());
  const result = await next();
  // A zod error stays as it is: it carries the fields.
  if (!result.ok && result.error.code === "INTERNAL_SERVER_ERROR") {
    const refusal = refusalFor(result.error);
    if (refusal.code !== "internal") throw asTrpc(refusal);
  }
  return result;
});

async function judge(ctx: ApiCtx, access: Access, path: string): Promise<void> {
  const refusal = refusalOfAccess(ctx, access);
  if (!refusal) return;
  if (refusal.code === "forbidden") await ctx.attempts.tellRefused(ctx, ctx.sessionId ?? ctx.actor.id, path);
  throw asTrpc(refusal);
}

const enrolFirst = () =>
  new Refusal(
    "forbidden",
    "Your role must have a second factor and you have none yet. Set up a passkey or an authenticator app first; then everything is open again.",
    { enrol: true },
  );

function refusalOfAccess(ctx: ApiCtx, access: Access): Refusal | null {
  if (access === "public") return null;
  if (ctx.actor.kind === "anonymous") return unauthenticated();
  if (access === "agent") {
    return ctx.actor.kind === "agent" ? null : forbidden("Only an agent's key may call this.");
  }
  if (ctx.actor.kind === "agent") {
    return forbidden("An agent's key may beat, log, report and take commands, and nothing else.");
  }
  if (access === "signed-in") return null;
  try {
    demand(ctx, access);
    return null;
  } catch (error) {
    return refusalFor(error);
  }
}

/** A refusal on its way through tRPC, which knows only its own errors. */
export const asTrpc = (refusal: Refusal) =>
  new TRPCError({ code: trpcCodeOf[refusal.code], message: refusal.message, cause: refusal });

/** Thrown out of `withIdempotency` so that it keeps no answer; the result itself goes on unchanged. */
class NotAnswered extends Error {
  constructor(readonly result: MiddlewareResult<object>) {
    super("not answered");
  }
}

/** A repeated `Idempotency-Key` gets the stored answer; procedures never see that it was a repeat. */
const answeredOnce = t.middleware(async ({ ctx, meta, type, path, next, getRawInput }) => {
  if (type !== "mutation" || ctx.idempotencyKey === null || meta?.ownIdempotency) return next();
  let fresh: Awaited<ReturnType<typeof next>> | undefined;
  try {
    const data = await withIdempotency(ctx, ctx.idempotencyKey, path, await getRawInput(), async () => {
      const result = await next();
      if (!result.ok) throw new NotAnswered(result);
      fresh = result;
      return result.data;
    });
    return fresh ?? { ok: true as const, data, marker: middlewareMarker };
  } catch (error) {
    if (error instanceof NotAnswered) return error.result as Awaited<ReturnType<typeof next>>;
    const refusal = refusalFor(error);
    throw refusal.code === "internal" ? error : asTrpc(refusal);
  }
});

export const router = t.router;
export const createCaller = t.createCallerFactory;
/** The one builder: `procedure.meta({ openapi: { method, path, summary }, access })`. */
export const procedure = t.procedure.use(guarded).use(answeredOnce);
