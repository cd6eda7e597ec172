import { z } from "zod";
import { importedUserSchema } from "@/contracts/people/import-users";
import { roleSchema } from "@/contracts/people/role";

/**
 * What `mc` hands to the rescue program on the server's machine, as JSON on its standard input: these work straight
 * on the database, also when the server is down or nobody can sign in.
 */
export const rescueSchema = z.discriminatedUnion("verb", [
  z.object({
    verb: z.literal("users.create"),
    email: z.string(),
    name: z.string(),
    role: roleSchema,
    /** Absent: the person is invited, unless a password is to be made up. */
    password: z.string().optional(),
    makePassword: z.boolean().optional(),
    json: z.boolean(),
  }),
  z.object({ verb: z.literal("users.import"), users: z.array(importedUserSchema), json: z.boolean() }),
  z.object({
    verb: z.literal("users.reset-password"),
    email: z.string(),
    password: z.string().optional(),
    json: z.boolean(),
  }),
  z.object({ verb: z.literal("users.disable-2fa"), email: z.string(), json: z.boolean() }),
  z.object({ verb: z.literal("users.unlock"), email: z.string(), json: z.boolean() }),
  z.object({ verb: z.literal("setup.code"), json: z.boolean() }),
  z.object({ verb: z.literal("audit.verify"), from: z.number().int().min(1).optional(), json: z.boolean() }),
  z.object({ verb: z.literal("audit.export"), from: z.number().int().min(1).optional() }),
  z.object({ verb: z.literal("secrets.rotate"), json: z.boolean() }),
]);
export type Rescue = z.infer<typeof rescueSchema>;

/** Exit codes of `mc`: what a script can tell apart. */
export const exitCodes = { done: 0, failed: 1, usage: 2, notAuthorised: 3, notFound: 4 } as const;
