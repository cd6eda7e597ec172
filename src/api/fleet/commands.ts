import { z } from "zod";
import {
  commandSchema,
  commandStateSchema,
  requestCommandSchema,
  requestCommandsSchema,
} from "@/contracts/fleet/command";
import { pageOf, pageQuerySchema } from "@/contracts/kernel/page";
import { cancelCommand, findCommand, findCommands, requestCommands } from "@/domain/fleet/commands";
import { procedure, router } from "../trpc";

const tags = ["commands"];

/** Guarded actions: what agents are told to do, and how far it is. */
export const commandsRouter = router({
  request: procedure
    .meta({
      openapi: { method: "POST", path: "/commands", summary: "Ask several agents for the same thing", tags },
      access: "agents:operate",
      successStatus: 201,
      ownIdempotency: true,
    })
    .input(requestCommandsSchema)
    .output(z.object({ items: z.array(commandSchema) }))
    .mutation(async ({ ctx, input }) => {
      const items = await requestCommands(ctx, input, ctx.idempotencyKey, ctx.runtime.commands);
      ctx.answerWith(201);
      return { items };
    }),

  requestOne: procedure
    .meta({
      openapi: {
        method: "POST",
        path: "/agents/{id}/commands",
        summary: "Ask one agent for something",
        tags,
      },
      access: "agents:operate",
      successStatus: 201,
      ownIdempotency: true,
    })
    .input(requestCommandSchema)
    .output(commandSchema)
    .mutation(async ({ ctx, input: { id, ...wish } }) => {
      const [command] = await requestCommands(
        ctx,
        { ...wish, agentIds: [id] },
        ctx.idempotencyKey,
        ctx.runtime.commands,
      );
      if (!command) throw new Error("a request for one agent made no command");
      ctx.answerWith(201);
      return command;
    }),

  list: procedure
    .meta({
      openapi: { method: "GET", path: "/commands", summary: "Commands, newest first", tags },
      access: "board:read",
    })
    .input(
      pageQuerySchema.extend({
        state: commandStateSchema.optional(),
        agentId: z.string().max(64).optional(),
      }),
    )
    .output(pageOf(commandSchema))
    .query(({ ctx, input: { state, ...query } }) =>
      findCommands(ctx, { ...query, states: state ? [state] : undefined }),
    ),

  get: procedure
    .meta({
      openapi: { method: "GET", path: "/commands/{id}", summary: "One command", tags },
      access: "board:read",
    })
    .input(z.object({ id: z.string().max(64) }))
    .output(commandSchema)
    .query(({ ctx, input }) => findCommand(ctx, input.id)),

  cancel: procedure
    .meta({
      openapi: {
        method: "POST",
        path: "/commands/{id}/cancel",
        summary: "Take back a command that no agent has got yet",
        tags,
      },
      access: "agents:operate",
    })
    .input(z.object({ id: z.string().max(64) }))
    .output(commandSchema)
    .mutation(({ ctx, input }) => cancelCommand(ctx, input.id)),
});
