import { z } from "zod";
import {
  changeDeadManSchema,
  deadManSchema,
  pingResultSchema,
  watchHealthSchema,
} from "@/contracts/watch/dead-man";
import { changeDeadMan, showDeadMan, testDeadMan, watchHealth } from "@/domain/watch/dead-man";
import { procedure, router } from "../trpc";

const nothing = z.object({}).prefault({});

/** The watcher watched: how far behind it is, and the ping to a service outside. */
export const watchRouter = router({
  health: procedure
    .meta({
      openapi: {
        method: "GET",
        path: "/watch/health",
        summary: "Whether watching and telling keep up, and which channels are left alone",
        tags: ["alerts"],
      },
      access: "board:read",
    })
    .input(nothing)
    .output(watchHealthSchema)
    .query(({ ctx }) => watchHealth(ctx, ctx.runtime.env.lagLimits)),
});

/** The dead-man ping. Its address goes in and never comes out. */
export const deadManRouter = router({
  get: procedure
    .meta({
      openapi: {
        method: "GET",
        path: "/settings/dead-man",
        summary: "How the dead-man ping is set up and how the last one went",
        tags: ["settings"],
      },
      access: "settings:manage",
    })
    .input(nothing)
    .output(deadManSchema)
    .query(({ ctx }) => showDeadMan(ctx, ctx.runtime.env.lagLimits)),
  change: procedure
    .meta({
      openapi: {
        method: "PUT",
        path: "/settings/dead-man",
        summary: "Set where and how often the dead-man ping goes; absent fields stay",
        tags: ["settings"],
      },
      access: "settings:manage",
    })
    .input(changeDeadManSchema)
    .output(deadManSchema)
    .mutation(({ ctx, input }) => changeDeadMan(ctx, ctx.runtime.out, input, ctx.runtime.env.lagLimits)),
  test: procedure
    .meta({
      openapi: {
        method: "POST",
        path: "/settings/dead-man/test",
        summary: "Send one ping now and show the answer",
        tags: ["settings"],
      },
      access: "settings:manage",
    })
    .input(nothing)
    .output(pingResultSchema)
    .mutation(({ ctx }) => testDeadMan(ctx, ctx.runtime.out)),
});
