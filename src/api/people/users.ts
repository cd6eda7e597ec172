import { z } from "zod";
import { pageOf } from "@/contracts/kernel/page";
import { changeUserSchema, createUserSchema, findUsersSchema, userSchema } from "@/contracts/people/user";
import { changeUser, createUser, deleteUser, findUser, findUsers } from "@/domain/people/users";
import { procedure, router } from "../trpc";

const tags = ["users"];
const access = "users:manage" as const;

/** People who can sign in, and their roles. */
export const usersRouter = router({
  list: procedure
    .meta({ openapi: { method: "GET", path: "/users", summary: "Users of the account", tags }, access })
    .input(findUsersSchema.prefault({}))
    .output(pageOf(userSchema))
    .query(({ ctx, input }) => findUsers(ctx, input)),

  get: procedure
    .meta({ openapi: { method: "GET", path: "/users/{id}", summary: "One user", tags }, access })
    .input(z.object({ id: z.string().max(64) }))
    .output(userSchema)
    .query(({ ctx, input }) => findUser(ctx, input.id)),

  create: procedure
    .meta({
      openapi: { method: "POST", path: "/users", summary: "Make a user with a password", tags },
      access,
      successStatus: 201,
    })
    .input(createUserSchema)
    .output(userSchema)
    .mutation(({ ctx, input }) => createUser(ctx, input)),

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
    .input(z.object({ id: z.string().max(64) }))
    .output(z.object({ ok: z.literal(true) }))
    .mutation(async ({ ctx, input }) => {
      await deleteUser(ctx, input.id);
      return { ok: true as const };
    }),
});
