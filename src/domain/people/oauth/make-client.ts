import type { Permission, Role } from "@/contracts/people/role";
import { permissions, permissionsOf } from "@/contracts/people/role";
import { oauthClients } from "@/db/schema";
import { type Ctx, demand, transact } from "@/domain/kernel";
import { demandFreshFactor } from "@/domain/people/second-factor/demand-fresh-factor";
import { demandScopesOfRole } from "@/domain/people/tokens";
import { sha256Hex } from "@/platform/crypto";
import { type ClientRow, clientOf, shownPrefix } from "./client-of";

/**
 * Makes a machine client; the answer shows its secret, once. Without `scopes` it gets all that its role may do now:
 * what the role gains later has to be given to it on purpose.
 */
export async function makeClient(
  ctx: Ctx,
  input: { name: string; role: Role; scopes?: readonly Permission[] | undefined },
) {
  demand(ctx, "users:manage");
  if (input.role === "admin") await demandFreshFactor(ctx, "client.make-admin");
  if (input.scopes) demandScopesOfRole(input.scopes, input.role);
  const wanted = new Set(input.scopes ?? permissionsOf[input.role]);
  const secret = ctx.ids.secret("mcs");
  const row: ClientRow = {
    id: ctx.ids.id("cli"),
    accountId: ctx.account,
    name: input.name,
    secretHash: sha256Hex(secret),
    secretPrefix: shownPrefix(secret),
    role: input.role,
    scopes: permissions.filter((permission) => wanted.has(permission)),
    createdBy: ctx.actor,
    createdAt: ctx.clock.now(),
    lastUsedAt: null,
    revokedAt: null,
    rotatedAt: null,
    previousSecretHash: null,
    previousSecretPrefix: null,
    previousEndsAt: null,
  };
  const made = clientOf(row, row.createdAt);
  await transact(ctx, async (unit) => {
    await unit.tx.insert(oauthClients).values(row);
    const target = { kind: "client" as const, id: row.id, name: row.name };
    unit.record({ kind: "security.client_created", target, after: made });
  });
  return { ...made, secret };
}
