import { z } from "zod";
import { knownMetricSchema } from "@/contracts/fleet/metric-name";
import { knownMetrics } from "@/domain/fleet/metrics";
import { procedure, router } from "../trpc";

/** What agents measure. */
export const metricsRouter = router({
  names: procedure
    .meta({
      openapi: {
        method: "GET",
        path: "/metrics/names",
        summary: "Metrics that a rule can watch: the built-in ones and those that agents report",
        tags: ["agents"],
      },
      access: "board:read",
    })
    .input(z.object({}).prefault({}))
    .output(z.object({ items: z.array(knownMetricSchema) }))
    .query(async ({ ctx }) => ({ items: await knownMetrics(ctx) })),
});
