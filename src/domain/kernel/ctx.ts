import type { Actor } from "@/contracts/kernel/actor";
import type { Permission, Role } from "@/contracts/people/role";
import { permissionsOf } from "@/contracts/people/role";
import type { Topics } from "@/contracts/signals";
import type { Db } from "@/db/client";
import type { Bus } from "@/platform/bus";
import type { Clock } from "@/platform/clock";
import type { Sealer } from "@/platform/crypto";
import type { SignInRules } from "@/platform/env";
import type { Ids } from "@/platform/ids";
import type { Log } from "@/platform/log";
import { forbidden, unauthenticated } from "./errors";

/** What every verb stands on: the machine's parts, without a word about who is asking. */
export type Ground = {
  db: Db;
  bus: Bus<Topics>;
  clock: Clock;
  ids: Ids;
  log: Log;
  sealer: Sealer;
  /** How strictly people come in; absent: the defaults of the settings. */
  signIn?: SignInRules;
  /** Work without progress for so long is stuck; absent: the default. */
  stuckAfterMs?: number;
};

/**
 * Plain data that each verb gets: who asks (`actor`, `role`; agents, rules and the system have no role), on behalf
 * of which account, and the ground.
 */
export type Ctx = Ground & {
  account: string;
  actor: Actor;
  role: Role | null;
  /** What the credential was made for, when that is less than everything its role may do. */
  scopes?: ReadonlySet<Permission>;
  requestId: string | null;
  /** Session of a person who came by the console's cookie; none for tokens, agents and our own loops. */
  sessionId?: string | null;
  /** Network address that the request came from; none for our own loops. */
  ip?: string | null;
};

/** The account that a fresh installation has. */
export const mainAccount = "acc_main";

/** Context of the product's own loops. */
export function systemCtx(ground: Ground, account: string = mainAccount): Ctx {
  return {
    ...ground,
    account,
    actor: { kind: "system", id: "system", name: "Mission Control" },
    role: null,
    requestId: null,
  };
}

/** Whether whoever asks holds the permission: by the role, and within what the credential was made for. */
export function may({ role, scopes }: Pick<Ctx, "role" | "scopes">, permission: Permission): boolean {
  return role !== null && permissionsOf[role].has(permission) && (scopes?.has(permission) ?? true);
}

/** First line of every verb that a person or token may call: refuses with a sentence that says which role could. */
export function demand(ctx: Ctx, permission: Permission): void {
  if (ctx.actor.kind === "anonymous") throw unauthenticated();
  if (ctx.actor.kind === "system" || ctx.actor.kind === "rule") return;
  if (may(ctx, permission)) return;
  if (ctx.role && permissionsOf[ctx.role].has(permission)) {
    throw forbidden(
      `This credential was made without ${permission}, so it may not do this. Use one that has this scope.`,
    );
  }
  const able = (["operator", "admin"] as const).find((role) => permissionsOf[role].has(permission));
  throw forbidden(
    ctx.role
      ? `Your role, ${ctx.role}, may not do this. It takes the role ${able}; an admin can give it to you.`
      : "This credential may not do this.",
  );
}
