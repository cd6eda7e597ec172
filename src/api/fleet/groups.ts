import { z } from "zod";
import { groupNameSchema, groupSchema } from "@/contracts/fleet/agent";
import { createGroup } from "@/domain/fleet/groups/create-group";
import { findGroups } from "@/domain/fleet/groups/find-groups";
import { procedure, router } from "../trpc";

const tags = ["groups"];

/** Groups of agents. */
export const groupsRouter = router({
  list: procedure
    .meta({
      openapi: { method: "GET", path: "/groups", summary: "Groups and how many agents are in each", tags },
      access: "board:read",
    })
    .input(z.object({}))
    .output(z.object({ items: z.array(groupSchema) }))
    .query(async ({ ctx }) => ({ items: await findGroups(ctx) })),

  create: procedure
    .meta({
      openapi: { method: "POST", path: "/groups", summary: "Make an empty group", tags },
      access: "agents:manage",
      successStatus: 201,
    })
    .input(z.object({ name: groupNameSchema }))
    .output(groupSchema)
    .mutation(async ({ ctx, input }) => {
      const group = await createGroup(ctx, input.name);
      ctx.answerWith(201);
      return group;
    }),
});
