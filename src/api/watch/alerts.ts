import { z } from "zod";
import { pageOf, pageQuerySchema } from "@/contracts/kernel/page";
import { alertSchema, alertStateSchema } from "@/contracts/watch/alert";
import { acknowledgeAlert, getAlert, listAlerts } from "@/domain/watch/alerts";
import { procedure, router } from "../trpc";

const oneSchema = z.object({ id: z.string() });

/** Alerts: firing ones first, each part newest first. */
export const alertsRouter = router({
  list: procedure
    .meta({
      openapi: { method: "GET", path: "/alerts", summary: "List alerts", tags: ["alerts"] },
      access: "board:read",
    })
    .input(pageQuerySchema.extend({ state: alertStateSchema.optional(), agentId: z.string().optional() }))
    .output(pageOf(alertSchema))
    .query(({ ctx, input }) => listAlerts(ctx, input)),
  get: procedure
    .meta({
      openapi: { method: "GET", path: "/alerts/{id}", summary: "Show an alert", tags: ["alerts"] },
      access: "board:read",
    })
    .input(oneSchema)
    .output(alertSchema)
    .query(({ ctx, input }) => getAlert(ctx, input.id)),
  acknowledge: procedure
    .meta({
      openapi: {
        method: "POST",
        path: "/alerts/{id}/acknowledge",
        summary: "Say that you are on it",
        tags: ["alerts"],
      },
      access: "alerts:operate",
    })
    .input(oneSchema)
    .output(alertSchema)
    .mutation(({ ctx, input }) => acknowledgeAlert(ctx, input.id)),
});
