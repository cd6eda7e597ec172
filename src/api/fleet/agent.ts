import { z } from "zod";
import { createAgentSchema, createdAgentSchema } from "@/contracts/fleet/agent";
import { safeIdSchema } from "@/contracts/kernel/id";
import {
  activitySchema,
  agentAuthSchema,
  type BeatAnswer,
  beatSchema,
  byeSchema,
  commandMessageSchema,
  commandUpdateSchema,
  logsSchema,
} from "@/contracts/wire/agent";
import { enrol } from "@/domain/fleet/join-tokens/enrol";
import type { AdmittedAgent } from "@/domain/fleet/presence/admitted-agent";
import { unauthenticated } from "@/domain/kernel";
import type { ApiCtx } from "../context";
import { procedure, router } from "../trpc";
import { done } from "./inputs";
import { refusalOfWire } from "./wire-refusal";

const tags = ["agent protocol"];
const access = "agent" as const;
/** Who speaks, when one key serves several runs; the same fields as in the socket's handshake. */
const session = agentAuthSchema.pick({ sessionId: true, hostname: true, version: true, pid: true }).partial();
const longestWaitMs = 30_000;

/** The agent protocol over HTTP, for what cannot hold a socket: the same bodies, the same answers. */
export const agentRouter = router({
  join: procedure
    .meta({
      openapi: {
        method: "POST",
        path: "/agent/join",
        summary: "Enrol an agent; the bearer is a join token, the answer holds the agent's key, this once",
        tags,
      },
      access: "public",
      successStatus: 201,
    })
    .input(createAgentSchema)
    .output(createdAgentSchema)
    .mutation(async ({ ctx, input }) => {
      if (!ctx.joinToken) {
        throw unauthenticated("Enrolment takes a join token: send it as Authorization: Bearer mcj_….");
      }
      const agent = await enrol(ctx, { ...input, token: ctx.joinToken }, ctx.requestId);
      ctx.answerWith(201);
      return agent;
    }),

  beat: procedure
    .meta({
      openapi: {
        method: "POST",
        path: "/agent/beat",
        summary: "A sign of life, answered when durable",
        tags,
      },
      access,
    })
    .input(beatSchema.extend(session.shape))
    .output(done.extend({ nextBeatMs: z.number(), receivedAt: z.number(), answeredAt: z.number() }))
    .mutation(async ({ ctx, input }) => {
      const agent = await agentOfRequest(ctx, input);
      return accepted(
        await new Promise<BeatAnswer>((resolve) => ctx.runtime.door.beat(agent, input, resolve)),
      );
    }),

  logs: procedure
    .meta({
      openapi: { method: "POST", path: "/agent/logs", summary: "Lines; a seq sent again is harmless", tags },
      access,
    })
    .input(logsSchema.extend(session.shape))
    .output(done.extend({ through: z.number() }))
    .mutation(async ({ ctx, input }) =>
      accepted(await ctx.runtime.door.logs(await agentOfRequest(ctx, input), input)),
    ),

  activity: procedure
    .meta({
      openapi: { method: "POST", path: "/agent/activity", summary: "Something for the timeline", tags },
      access,
    })
    .input(activitySchema.extend(session.shape))
    .output(done)
    .mutation(async ({ ctx, input }) =>
      accepted(await ctx.runtime.door.activity(await agentOfRequest(ctx, input), input)),
    ),

  bye: procedure
    .meta({
      openapi: { method: "POST", path: "/agent/bye", summary: "The agent ends on purpose", tags },
      access,
    })
    .input(byeSchema.extend(session.shape))
    .output(done)
    .mutation(async ({ ctx, input }) =>
      accepted(await ctx.runtime.door.bye(await agentOfRequest(ctx, input), input)),
    ),

  commands: procedure
    .meta({
      openapi: {
        method: "GET",
        path: "/agent/commands",
        summary: "Commands for this agent; waits up to waitMs for one",
        tags,
      },
      access,
    })
    .input(z.object({ waitMs: z.coerce.number().int().min(0).max(longestWaitMs).default(0) }))
    .output(z.object({ items: z.array(commandMessageSchema) }))
    .query(async ({ ctx, input }) => {
      const { id, name } = ctx.actor;
      const agent = { agentId: id, account: ctx.account, name };
      return { items: await ctx.runtime.commands.waitFor(agent, input.waitMs) };
    }),

  updateCommand: procedure
    .meta({
      openapi: {
        method: "POST",
        path: "/agent/commands/{id}",
        summary: "How far a command is; it may be begun once `acknowledged` was answered",
        tags,
      },
      access,
    })
    .input(commandUpdateSchema.extend({ id: safeIdSchema }))
    .output(done)
    .mutation(async ({ ctx, input }) => {
      const { id, name } = ctx.actor;
      return accepted(await ctx.runtime.commands.update({ agentId: id, account: ctx.account, name }, input));
    }),
});

async function agentOfRequest(ctx: ApiCtx, input: z.infer<typeof session>): Promise<AdmittedAgent> {
  const agent = await ctx.runtime.door.overHttp(ctx.actor.id, ctx.account, input);
  if (!agent) throw unauthenticated("This agent was removed. Enrol it again, or ask for a new key.");
  return agent;
}

/** A refused message is a refused request over HTTP. */
function accepted<Answer extends { ok: boolean }>(answer: Answer): Extract<Answer, { ok: true }> {
  if (isAccepted(answer)) return answer;
  throw refusalOfWire(answer);
}

function isAccepted<Answer extends { ok: boolean }>(answer: Answer): answer is Extract<Answer, { ok: true }> {
  return answer.ok;
}
