import {
  acknowledgeAlertsSchema,
  alertOutcomesSchema,
  assignAlertsSchema,
  snoozeAlertsSchema,
  unacknowledgeAlertsSchema,
} from "@/contracts/watch/several-alerts";
import { acknowledgeAlerts, assignAlerts, snoozeAlerts, unacknowledgeAlerts } from "@/domain/watch/alerts";
import { procedure } from "../trpc";

const meta = (path: `/${string}`, summary: string) => ({
  openapi: { method: "POST" as const, path, summary, tags: ["alerts"] },
  access: "alerts:operate" as const,
});

/** The acts on one alert for up to 200: each has its own outcome, and one that is refused stops no other. */
export const severalAlertsProcedures = {
  acknowledgeSeveral: procedure
    .meta(meta("/alerts/acknowledge", "Say that you are on several"))
    .input(acknowledgeAlertsSchema)
    .output(alertOutcomesSchema)
    .mutation(async ({ ctx, input }) => ({ items: await acknowledgeAlerts(ctx, input) })),

  unacknowledgeSeveral: procedure
    .meta(meta("/alerts/unacknowledge", "Say that nobody is on several any more"))
    .input(unacknowledgeAlertsSchema)
    .output(alertOutcomesSchema)
    .mutation(async ({ ctx, input }) => ({ items: await unacknowledgeAlerts(ctx, input.ids) })),

  assignSeveral: procedure
    .meta(meta("/alerts/assign", "Ask a person to take care of several"))
    .input(assignAlertsSchema)
    .output(alertOutcomesSchema)
    .mutation(async ({ ctx, input }) => ({ items: await assignAlerts(ctx, input) })),

  snoozeSeveral: procedure
    .meta(meta("/alerts/snooze", "Tell nobody of several for a time"))
    .input(snoozeAlertsSchema)
    .output(alertOutcomesSchema)
    .mutation(async ({ ctx, input }) => ({ items: await snoozeAlerts(ctx, input) })),
};
