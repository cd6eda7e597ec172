import { z } from "zod";
import { pageOf } from "@/contracts/kernel/page";
import { importedUsersSchema, importUsersSchema } from "@/contracts/people/import-users";
import { addedUserSchema, addUserSchema } from "@/contracts/people/invitation";
import { signedInProgramSchema } from "@/contracts/people/oauth";
import {
  changeUserSchema,
  findUsersSchema,
  personSchema,
  sessionSchema,
  setPasswordSchema,
  userSchema,
} from "@/contracts/people/user";
import { addUser } from "@/domain/people/invitations";
import { findProgramsOf } from "@/domain/people/oauth";
import { removeSecondFactor } from "@/domain/people/second-factor";
import { endSessionsOf, findSessionsOf } from "@/domain/people/sessions";
import { changeUser, deleteUser, findUser, findUsers, importUsers, setPassword } from "@/domain/people/users";
import { procedure, router } from "../trpc";
import { postOf } from "./post";

const tags = ["users"];
const access = "users:manage" as const;
const oneUser = z.object({ id: z.string().max(64) });

/** People who can sign in, and their roles. */
export const usersRouter = router({
  list: procedure
    .meta({ openapi: { method: "GET", path: "/users", summary: "Users of the account", tags }, access })
    .input(findUsersSchema.prefault({}))
    .output(pageOf(personSchema))
    .query(({ ctx, input }) => findUsers(ctx, input)),

  get: procedure
    .meta({ openapi: { method: "GET", path: "/users/{id}", summary: "One user", tags }, access })
    .input(oneUser)
    .output(personSchema)
    .query(({ ctx, input }) => findUser(ctx, input.id)),

  create: procedure
    .meta({
      openapi: {
        method: "POST",
        path: "/users",
        summary: "Make a user with a password, or invite one",
        tags,
      },
      access,
      successStatus: 201,
    })
    .input(addUserSchema)
    .output(addedUserSchema)
    .mutation(({ ctx, input }) => addUser(ctx, input, postOf(ctx))),

  import: procedure
    .meta({
      openapi: {
        method: "POST",
        path: "/users/import",
        summary: "Take in users of another program with their bcrypt hashes, all or none",
        tags,
      },
      access,
    })
    .input(importUsersSchema)
    .output(importedUsersSchema)
    .mutation(({ ctx, input }) => importUsers(ctx, input.users)),

  change: procedure
    .meta({
      openapi: {
        method: "PATCH",
        path: "/users/{id}",
        summary: "Rename, change the role, disable, enable or unlock",
        tags,
      },
      access,
    })
    .input(changeUserSchema)
    .output(userSchema)
    .mutation(({ ctx, input }) => changeUser(ctx, input)),

  remove: procedure
    .meta({
      openapi: {
        method: "DELETE",
        path: "/users/{id}",
        summary: "Delete a user for good; what they did stays in the log",
        tags,
      },
      access,
    })
    .input(oneUser)
    .output(z.object({ ok: z.literal(true) }))
    .mutation(async ({ ctx, input }) => {
      await deleteUser(ctx, input.id);
      return { ok: true as const };
    }),

  setPassword: procedure
    .meta({
      openapi: {
        method: "POST",
        path: "/users/{id}/password",
        summary: "Give somebody a new password; every session of theirs ends",
        tags,
      },
      access,
    })
    .input(setPasswordSchema)
    .output(z.object({ ok: z.literal(true) }))
    .mutation(async ({ ctx, input }) => {
      await setPassword(ctx, input);
      return { ok: true as const };
    }),

  removeSecondFactor: procedure
    .meta({
      openapi: {
        method: "DELETE",
        path: "/users/{id}/second-factor",
        summary: "Remove somebody's authenticator app and passkeys; every session of theirs ends",
        tags,
      },
      access,
    })
    .input(oneUser)
    .output(z.object({ removed: z.boolean() }))
    .mutation(({ ctx, input }) => removeSecondFactor(ctx, input.id)),

  sessions: procedure
    .meta({
      openapi: { method: "GET", path: "/users/{id}/sessions", summary: "Where somebody is signed in", tags },
      access,
    })
    .input(oneUser)
    .output(z.object({ items: z.array(sessionSchema), programs: z.array(signedInProgramSchema) }))
    .query(async ({ ctx, input }) => ({
      items: await findSessionsOf(ctx, input.id),
      programs: await findProgramsOf(ctx, input.id),
    })),

  endSessions: procedure
    .meta({
      openapi: {
        method: "DELETE",
        path: "/users/{id}/sessions",
        summary: "Sign somebody out everywhere at once; they can sign in again",
        tags,
      },
      access,
    })
    .input(oneUser)
    .output(z.object({ ended: z.number().int() }))
    .mutation(async ({ ctx, input }) => ({ ended: await endSessionsOf(ctx, input.id) })),
});
