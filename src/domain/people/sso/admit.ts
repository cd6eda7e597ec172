import { and, eq } from "drizzle-orm";
import type { Role } from "@/contracts/people/role";
import { accounts, identities, users } from "@/db/schema";
import { type Ctx, isRefusal, transact } from "@/domain/kernel";
import { beginChallenge } from "@/domain/people/challenges";
import { changeUser, insertUser, type UserRow, userByEmail, userRow } from "@/domain/people/users";
import { refreshPurpose } from "./keep-refresh-token";
import type { Person } from "./person";
import { SsoRefusal } from "./refusal";

/** `in`: this user signs in. `link`: a local user of the same address has to show the password first. */
export type Admission = { kind: "in"; user: UserRow } | { kind: "link"; token: string };

const linkForMs = 10 * 60_000;

/** What the session will need once the person is in, also when the password is shown first. */
export type Way = {
  to: string;
  /** The ID token's end. */
  endsBy: Date;
  refreshToken: string | null;
};

/**
 * Finds or makes the user of a person whom the identity provider vouched for, with the role that the groups give now.
 * An address alone never opens an account that exists. `ctx` acts as single sign-on itself. Throws `disabled` or
 * `address-taken`.
 */
export async function admit(ctx: Ctx, person: Person, way: Way): Promise<Admission> {
  const known = await userOfIdentity(ctx, person);
  if (known) {
    if (known.disabledAt) throw disabled();
    const user = await withRole(ctx, known, person.role);
    await ctx.db.orm
      .update(identities)
      .set({ lastSeenAt: ctx.clock.now(), email: person.email })
      .where(and(eq(identities.issuer, person.issuer), eq(identities.subject, person.subject)));
    return { kind: "in", user };
  }
  const local = await userByEmail(ctx.db.orm, person.email);
  if (!local) return makeUser(ctx, person, way);
  if (local.disabledAt && person.emailVerified) throw disabled();
  if (!person.emailVerified || !local.passwordHash || local.accountId !== ctx.account) throw addressTaken();
  const { to, endsBy, refreshToken } = way;
  const sealedRefreshToken = refreshToken && ctx.sealer.seal(refreshToken, refreshPurpose);
  const data = { ...person, to, endsBy: endsBy.toISOString(), sealedRefreshToken };
  const token = await beginChallenge(ctx, {
    kind: "sso-link",
    userId: local.id,
    account: local.accountId,
    data,
    forMs: linkForMs,
  });
  return { kind: "link", token };
}

/** The user whom this subject of this issuer was linked to. */
export async function userOfIdentity(
  ctx: Ctx,
  { issuer, subject }: Pick<Person, "issuer" | "subject">,
): Promise<UserRow | null> {
  const [found] = await ctx.db.orm
    .select({ user: users })
    .from(identities)
    .innerJoin(users, eq(users.id, identities.userId))
    .where(
      and(
        eq(identities.issuer, issuer),
        eq(identities.subject, subject),
        eq(identities.accountId, ctx.account),
      ),
    );
  return found?.user ?? null;
}

/** Gives the role that the groups say. The last admin stays one: without any, nobody could mend a wrong map. */
export async function withRole(ctx: Ctx, user: UserRow, role: Role): Promise<UserRow> {
  if (user.role === role) return user;
  try {
    await changeUser(ctx, { id: user.id, role });
  } catch (error) {
    if (!isRefusal(error) || error.code !== "conflict") throw error;
    ctx.log.warn(
      { user: user.id, role },
      "The groups take the admin role from the last admin, who keeps it.",
    );
  }
  return userRow(ctx, user.id);
}

/** Two first sign-ins of one person at the same moment make one user: they go one after the other. */
async function makeUser(ctx: Ctx, person: Person, way: Way): Promise<Admission> {
  const made = await transact(ctx, async (unit) => {
    await unit.tx.select().from(accounts).where(eq(accounts.id, ctx.account)).for("update");
    if (await userByEmail(unit.tx, person.email)) return null;
    const { email, name, role, issuer, subject } = person;
    const user = await insertUser(ctx, unit, { email, name, role, passwordHash: null });
    const now = ctx.clock.now();
    await unit.tx.insert(identities).values({
      issuer,
      subject,
      accountId: ctx.account,
      userId: user.id,
      email,
      linkedAt: now,
      lastSeenAt: now,
    });
    return user;
  });
  return made ? { kind: "in", user: made } : admit(ctx, person, way);
}

const disabled = () =>
  new SsoRefusal(
    "disabled",
    "This account was switched off by an admin here.",
    "Ask an admin of Mission Control to switch it on again.",
  );

const addressTaken = () =>
  new SsoRefusal(
    "address-taken",
    "There is an account with this e-mail address here already, and it can't be joined with this sign-in.",
    "Either the identity provider does not say that the address was verified, or the account has no password to prove whose it is. An admin of Mission Control can help.",
  );
