import type { AddUser, SentInvitation } from "@/contracts/people/invitation";
import type { User } from "@/contracts/people/user";
import type { Ctx } from "@/domain/kernel";
import type { Post } from "@/domain/people/password-resets";
import { createUser } from "@/domain/people/users";
import { createInvitation } from "./create-invitation";

/**
 * Adds a person: with a password somebody who can sign in at once, without one an invitation, by which the person
 * chooses name and password.
 */
export async function addUser(ctx: Ctx, input: AddUser, post: Post): Promise<User | SentInvitation> {
  const { password, expiresInDays, ...person } = input;
  if (password !== undefined) return createUser(ctx, { ...person, password });
  return createInvitation(ctx, { email: person.email, role: person.role, expiresInDays }, post);
}
