import { z } from "zod";
import { procedure, router } from "../trpc";

/** How this installation is set up, as far as the console must know it. */
export const settingsRouter = router({
  get: procedure
    .meta({
      openapi: {
        method: "GET",
        path: "/settings",
        summary: "Settings of the installation",
        tags: ["settings"],
      },
      access: "settings:manage",
    })
    .input(z.object({}).prefault({}))
    .output(
      z.object({
        url: z.string(),
        env: z.string(),
        instanceId: z.string(),
        database: z.enum(["embedded", "external"]),
        bus: z.enum(["memory", "redis"]),
        busOk: z.boolean(),
        outboundAllow: z.array(z.string()),
      }),
    )
    .query(({ ctx: { runtime } }) => ({
      url: runtime.env.url,
      env: runtime.env.env,
      instanceId: runtime.instanceId,
      database: runtime.env.databaseUrl ? ("external" as const) : ("embedded" as const),
      bus: runtime.env.redisUrl ? ("redis" as const) : ("memory" as const),
      busOk: runtime.bus.health().ok,
      outboundAllow: runtime.env.outboundAllow,
    })),
});
