import { and, eq, isNull } from "drizzle-orm";
import type { Actor } from "@/contracts/kernel/actor";
import type { Permission, Role } from "@/contracts/people/role";
import { oauthClients, refreshTokens, users } from "@/db/schema";
import type { Ground } from "@/domain/kernel";
import { weaker } from "@/domain/people/tokens/find-token-holder";
import { type AccessClaims, readAccessToken } from "./access-token";

export type AccessTokenHolder = {
  account: string;
  actor: Actor;
  role: Role;
  scopes: ReadonlySet<Permission>;
  /** Family of the refresh tokens behind a person's token; null for machines. */
  family: string | null;
};

/**
 * Whom an access token speaks for, null when it is not valid, or when the person or client is gone, disabled or
 * revoked: the token is never believed alone. Its role counts up to the present one. It acts as a token and not as
 * the person, so it can't do what takes a person at a browser, such as changing the password or making API tokens.
 */
export async function findAccessTokenHolder(
  ground: Pick<Ground, "db" | "clock">,
  issuer: string,
  token: string,
): Promise<AccessTokenHolder | null> {
  const claims = await readAccessToken(ground, issuer, token);
  if (!claims) return null;
  const present = claims.sub.startsWith("cli_")
    ? await presentClient(ground, claims)
    : await presentPerson(ground, claims);
  if (!present) return null;
  return {
    account: claims.account,
    actor: { kind: "token", id: claims.sub, name: present.name },
    role: weaker(claims.role, present.role),
    scopes: new Set(claims.scopes),
    family: claims.sid ?? null,
  };
}

async function presentClient({ db }: Pick<Ground, "db">, { sub, account }: AccessClaims) {
  const [client] = await db.orm
    .select({ name: oauthClients.name, role: oauthClients.role })
    .from(oauthClients)
    .where(
      and(eq(oauthClients.id, sub), eq(oauthClients.accountId, account), isNull(oauthClients.revokedAt)),
    );
  return client ?? null;
}

/** The user, as long as the family of refresh tokens lives by which the program came. */
async function presentPerson({ db }: Pick<Ground, "db">, { sub, account, sid, client_name }: AccessClaims) {
  const [user] = await db.orm
    .select({ name: users.name, role: users.role })
    .from(users)
    .innerJoin(refreshTokens, eq(refreshTokens.userId, users.id))
    .where(
      and(
        eq(users.id, sub),
        eq(users.accountId, account),
        isNull(users.disabledAt),
        eq(refreshTokens.family, sid ?? ""),
        isNull(refreshTokens.revokedAt),
      ),
    )
    .limit(1);
  return user ? { role: user.role, name: `${user.name} (${client_name})` } : null;
}
