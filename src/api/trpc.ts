import { initTRPC, TRPCError } from "@trpc/server";
import type { OpenApiMeta } from "trpc-to-openapi";
import type { Permission } from "@/contracts/people/role";
import { demand, forbidden, isRefusal, type Refusal, unauthenticated } from "@/domain/kernel";
import type { ApiCtx } from "./context";

/**
 * Who may call a procedure. `public`: anyone · `signed-in`: any person or token · `agent`: an agent's key, and
 * nobody else · a permission: the roles that hold it. There is no default: a procedure without it refuses everyone.
 */
export type Access = "public" | "signed-in" | "agent" | Permission;

/** Every procedure has its REST path, its access and, when it makes something, the status 201. */
export type Meta = OpenApiMeta<{ access: Access; successStatus?: 201 }>;

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
    errorFormatter: ({ shape, error, ctx }) => ({
      ...shape,
      message: refusalOf(error) || error.code === "BAD_REQUEST" ? shape.message : internalMessage,
      data: { ...shape.data, refusal: refusalOf(error)?.code ?? null, details: refusalOf(error)?.details ?? null, requestId: ctx?.requestId ?? null },
    }),
  });

/** What a person reads about a defect of ours: nothing of its inside, and the way to get help. */
export const internalMessage = "Something broke on our side; nothing was changed by this request. Try again, and give the request id to your admin if it stays.";

/** The refusal that a verb threw, if that is what went wrong. */
export function refusalOf(error: TRPCError): Refusal | null {
  return isRefusal(error.cause) ? error.cause : null;
}

const guarded = t.middleware(async ({ ctx, meta, next }) => {
  const access = meta?.access;
  if (!access) throw asTrpc(forbidden("This procedure declares no access, so nobody has it."));
  try {
    judge(ctx, access);
  } catch (error) {
    throw asTrpc(error);
  }
  const result = await next();
  if (!result.ok && isRefusal(result.error.cause)) throw asTrpc(result.error.cause);
  return result;
});

function judge(ctx: ApiCtx, access: Access): void {
  if (access === "public") return;
  if (ctx.actor.kind === "anonymous") throw unauthenticated();
  if (access === "agent") {
    if (ctx.actor.kind !== "agent") throw forbidden("Only an agent's key may call this.");
    return;
  }
  if (ctx.actor.kind === "agent") throw forbidden("An agent's key may beat, log, report and take commands, and nothing else.");
  if (access !== "signed-in") demand(ctx, access);
}

function asTrpc(error: unknown): unknown {
  if (!isRefusal(error)) return error;
  return new TRPCError({ code: trpcCodeOf[error.code], message: error.message, cause: error });
}

export const router = t.router;
export const createCaller = t.createCallerFactory;
/** The one builder: `procedure.meta({ openapi: { method, path, summary }, access })`. */
export const procedure = t.procedure.use(guarded);
