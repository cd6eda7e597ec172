import type { CreateUser, User } from "@/contracts/people/user";
import { type Ctx, demand, transact } from "@/domain/kernel";
import { demandFreshFactor } from "@/domain/people/second-factor/demand-fresh-factor";
import { insertUser, newPasswordHash } from "./insert-user";
import { userOf } from "./user-of";

/** Makes a user who can sign in at once. Refuses weak passwords and addresses in use. */
export async function createUser(ctx: Ctx, input: CreateUser): Promise<User> {
  demand(ctx, "users:manage");
  if (input.role === "admin") await demandFreshFactor(ctx, "user.make-admin");
  const { password: _, ...rest } = input;
  const passwordHash = await newPasswordHash(input);
  return transact(ctx, async (unit) => userOf(await insertUser(ctx, unit, { ...rest, passwordHash })));
}
