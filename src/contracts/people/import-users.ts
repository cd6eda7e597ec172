import { z } from "zod";
import { roleSchema } from "@/contracts/people/role";
import { emailSchema, userNameSchema, usernameSchema } from "@/contracts/people/user";

/** The greatest cost of a bcrypt hash that is taken: it stays below the floor of every answer about a credential. */
export const mostBcryptCost = 12;

/**
 * A bcrypt hash as other programs keep it: `$2a$`, `$2b$` or `$2y$`, cost 4 to 12. Each step of the cost doubles the
 * work of a sign-in; a costlier hash would hold the server and tell by its time that the account exists.
 */
export const bcryptHashSchema = z
  .string()
  .regex(/^\$2[aby]\$\d\d\$[./A-Za-z0-9]{53}$/, "must be a bcrypt hash that begins with $2a$, $2b$ or $2y$")
  .refine(
    (hash) => Number(hash.slice(4, 6)) >= 4 && Number(hash.slice(4, 6)) <= mostBcryptCost,
    `must have a cost from 4 to ${mostBcryptCost}; invite this person instead`,
  );

/** A person from elsewhere. Without `name` they are called by their username, or by what stands before the `@`. */
export const importedUserSchema = z.object({
  email: emailSchema,
  username: usernameSchema.optional(),
  name: userNameSchema.optional(),
  role: roleSchema,
  passwordHash: bcryptHashSchema,
});
export type ImportedUser = z.infer<typeof importedUserSchema>;

/** `POST /v1/users/import`: all or none; whoever is here already is left as they are, so that it may be repeated. */
export const importUsersSchema = z.object({ users: z.array(importedUserSchema).min(1).max(1_000) });
export const importedUsersSchema = z.object({
  made: z.number().int(),
  /** Addresses that belong to a user here already. */
  present: z.array(z.string()),
});
export type ImportedUsers = z.infer<typeof importedUsersSchema>;
