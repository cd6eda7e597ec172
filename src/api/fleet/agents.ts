import { z } from "zod";
import {
  agentSchema,
  changeAgentSchema,
  createAgentSchema,
  createdAgentSchema,
  groupNameSchema,
  metricMinuteSchema,
  tagSchema,
  timelineItemSchema,
  uptimeSchema,
} from "@/contracts/fleet/agent";
import { agentStatusSchema } from "@/contracts/fleet/status";
import { safeIdSchema } from "@/contracts/kernel/id";
import { momentSchema } from "@/contracts/kernel/moment";
import { pageOf, pageQuerySchema } from "@/contracts/kernel/page";
import { lineSchema } from "@/contracts/kernel/text";
import {
  agentTimeline,
  changeAgent,
  createAgent,
  findAgent,
  findAgents,
  metricMinutesOf,
  removeAgent,
  uptimeOf,
} from "@/domain/fleet/agents";
import { procedure, router } from "../trpc";
import { done, oneAgent } from "./inputs";

const tags = ["agents"];
const dayMs = 86_400_000;

/** Agents: the fleet's list, one agent, its past. */
export const agentsRouter = router({
  list: procedure
    .meta({
      openapi: { method: "GET", path: "/agents", summary: "Agents of the fleet", tags },
      access: "board:read",
    })
    .input(
      pageQuerySchema.extend({
        cursor: safeIdSchema.optional(),
        status: agentStatusSchema.optional(),
        group: groupNameSchema.optional(),
        tag: tagSchema.optional(),
        q: lineSchema(120).optional(),
      }),
    )
    .output(pageOf(agentSchema))
    .query(({ ctx, input }) => findAgents(ctx, input, ctx.runtime.door.pace.silentAfterMs())),

  create: procedure
    .meta({
      openapi: {
        method: "POST",
        path: "/agents",
        summary: "Add an agent; its key is shown this once",
        tags,
      },
      access: "agents:manage",
      successStatus: 201,
    })
    .input(createAgentSchema)
    .output(createdAgentSchema)
    .mutation(async ({ ctx, input }) => {
      const agent = await createAgent(ctx, input);
      ctx.answerWith(201);
      return agent;
    }),

  get: procedure
    .meta({
      openapi: { method: "GET", path: "/agents/{id}", summary: "One agent, with its evidence", tags },
      access: "board:read",
    })
    .input(oneAgent)
    .output(agentSchema)
    .query(({ ctx, input }) => findAgent(ctx, input.id, ctx.runtime.door.pace.silentAfterMs())),

  change: procedure
    .meta({
      openapi: { method: "PATCH", path: "/agents/{id}", summary: "Rename, regroup or retag an agent", tags },
      access: "agents:manage",
    })
    .input(changeAgentSchema.extend({ id: safeIdSchema }))
    .output(agentSchema)
    .mutation(({ ctx, input }) => changeAgent(ctx, input)),

  remove: procedure
    .meta({
      openapi: {
        method: "DELETE",
        path: "/agents/{id}",
        summary: "Remove an agent; its keys stop working at once",
        tags,
      },
      access: "agents:manage",
    })
    .input(oneAgent)
    .output(done)
    .mutation(async ({ ctx, input }) => {
      await removeAgent(ctx, input.id);
      return { ok: true as const };
    }),

  timeline: procedure
    .meta({
      openapi: {
        method: "GET",
        path: "/agents/{id}/timeline",
        summary: "What happened to an agent, newest first",
        tags,
      },
      access: "board:read",
    })
    .input(pageQuerySchema.extend({ id: safeIdSchema, cursor: lineSchema(200).optional() }))
    .output(pageOf(timelineItemSchema))
    .query(({ ctx, input: { id, ...page } }) => agentTimeline(ctx, id, page)),

  metrics: procedure
    .meta({
      openapi: {
        method: "GET",
        path: "/agents/{id}/metrics",
        summary:
          "CPU, memory, disk, network and reported numbers by the minute, oldest first; the last day unless said otherwise",
        tags,
      },
      access: "board:read",
    })
    .input(z.object({ id: safeIdSchema, from: momentSchema.optional(), to: momentSchema.optional() }))
    .output(z.object({ items: z.array(metricMinuteSchema) }))
    .query(async ({ ctx, input }) => {
      const to = input.to ? new Date(input.to) : ctx.clock.now();
      const from = input.from ? new Date(input.from) : new Date(to.getTime() - dayMs);
      return { items: await metricMinutesOf(ctx, input.id, from, to) };
    }),

  uptime: procedure
    .meta({
      openapi: {
        method: "GET",
        path: "/agents/{id}/uptime",
        summary: "The last day in quarters of an hour",
        tags,
      },
      access: "board:read",
    })
    .input(oneAgent)
    .output(uptimeSchema)
    .query(({ ctx, input }) => uptimeOf(ctx, input.id)),
});
