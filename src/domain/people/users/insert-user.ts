import type { CreateUser } from "@/contracts/people/user";
import { users } from "@/db/schema";
import { type Ctx, conflict, isDuplicate, type Unit } from "@/domain/kernel";
import { demandGoodPassword, type PersonNames } from "@/domain/people/passwords";
import { hashPassword } from "@/platform/crypto";
import { type UserRow, userOf, userTarget } from "./user-of";

/**
 * The row and its fact, inside the caller's unit; `demandGoodPassword` and hashing belong before it. Without a hash
 * the person comes by single sign-on only.
 */
export async function insertUser(
  ctx: Ctx,
  unit: Unit,
  input: Omit<CreateUser, "password" | "username"> & {
    username?: string | null | undefined;
    passwordHash: string | null;
  },
  data: Record<string, unknown> | null = null,
): Promise<UserRow> {
  const row = { ...input, id: ctx.ids.id("usr"), accountId: ctx.account, createdAt: ctx.clock.now() };
  try {
    const [made] = await unit.tx.insert(users).values(row).returning();
    if (!made) throw new Error("The database made no user.");
    unit.record({ kind: "user.created", target: userTarget(made), after: userOf(made), data });
    return made;
  } catch (error) {
    if (isDuplicate(error, "users_by_email")) {
      throw conflict("There is a user with this e-mail address already.", {
        fields: [{ path: "email", message: "is in use" }],
      });
    }
    if (isDuplicate(error, "users_by_username")) throw usernameTaken();
    throw error;
  }
}

export const usernameTaken = () =>
  conflict("There is a user with this username already.", {
    fields: [{ path: "username", message: "is in use" }],
  });

/** Judges the password and answers its hash; slow on purpose, so never inside a transaction. */
export async function newPasswordHash(input: PersonNames & { password: string }) {
  demandGoodPassword(input.password, input);
  return hashPassword(input.password);
}
