import type { Permission, Role } from "@/contracts/people/role";
import { apiTokens } from "@/db/schema";
import { type Ctx, forbidden, transact } from "@/domain/kernel";
import { demandFreshFactor } from "@/domain/people/second-factor/demand-fresh-factor";
import { sha256Hex } from "@/platform/crypto";
import { demandScopesOfRole } from "./demand-scopes";
import { weaker } from "./find-token-holder";
import { tokenOf } from "./token-of";

const dayMs = 86_400_000;

/**
 * Makes an API token with at most one's own role; the answer shows the secret, once. A token may not make tokens:
 * it would outlive its own revocation in them.
 */
export async function createToken(
  ctx: Ctx,
  input: {
    name: string;
    role: Role;
    scopes?: readonly Permission[] | undefined;
    expiresInDays?: number | undefined;
  },
) {
  const mayMake = ctx.actor.kind === "user" || ctx.actor.kind === "system" || ctx.actor.id === "break-glass";
  if (!mayMake) throw forbidden("An API token can't make further tokens. Sign in as yourself to make one.");
  if (ctx.role && weaker(input.role, ctx.role) !== input.role) {
    throw forbidden(`Your role is ${ctx.role}, so a token of yours can't have the role ${input.role}.`);
  }
  if (input.scopes) demandScopesOfRole(input.scopes, input.role);
  if (input.role === "admin") await demandFreshFactor(ctx, "token.make-admin");
  const secret = ctx.ids.secret("mct");
  const now = ctx.clock.now();
  const row: typeof apiTokens.$inferSelect = {
    id: ctx.ids.id("tok"),
    accountId: ctx.account,
    createdBy: ctx.actor.kind === "user" ? ctx.actor.id : null,
    name: input.name,
    prefix: secret.slice(0, 12),
    hash: sha256Hex(secret),
    role: input.role,
    createdAt: now,
    lastUsedAt: null,
    expiresAt: input.expiresInDays ? new Date(now.getTime() + input.expiresInDays * dayMs) : null,
    revokedAt: null,
    scopes: input.scopes ? [...new Set(input.scopes)] : null,
  };
  const made = tokenOf(row, row.createdBy === null ? null : ctx.actor.name);
  await transact(ctx, async (unit) => {
    await unit.tx.insert(apiTokens).values(row);
    const target = { kind: "token" as const, id: row.id, name: row.name };
    unit.record({ kind: "security.token_created", target, after: made });
  });
  return { ...made, token: secret };
}
