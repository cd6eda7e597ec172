import { z } from "zod";
import { pageOf } from "@/contracts/kernel/page";
import {
  acknowledgeAlertSchema,
  alertCommentSchema,
  alertSchema,
  assignAlertSchema,
  commentAlertSchema,
  pendingAlertSchema,
  snoozeAlertSchema,
} from "@/contracts/watch/alert";
import {
  alertsQuerySchema,
  assigneesSchema,
  inhibitedAlertsSchema,
  pendingAlertsQuerySchema,
} from "@/contracts/watch/alert-list";
import { alertStorySchema } from "@/contracts/watch/story";
import {
  acknowledgeAlert,
  assignAlert,
  commentAlert,
  getAlert,
  listAlerts,
  listAssignees,
  listInhibited,
  listPending,
  snoozeAlert,
  storyOfAlert,
  unacknowledgeAlert,
} from "@/domain/watch/alerts";
import { procedure, router } from "../trpc";
import { severalAlertsProcedures } from "./several-alerts";

const oneSchema = z.object({ id: z.string() });
const tags = ["alerts"];
const reading = "board:read" as const;
const acting = "alerts:operate" as const;

/** Alerts, and what people do with them. */
export const alertsRouter = router({
  list: procedure
    .meta({
      openapi: { method: "GET", path: "/alerts", summary: "List alerts, firing ones first", tags },
      access: reading,
    })
    .input(alertsQuerySchema)
    .output(pageOf(alertSchema))
    .query(({ ctx, input }) => listAlerts(ctx, input)),

  pending: procedure
    .meta({
      openapi: {
        method: "GET",
        path: "/alerts/pending",
        summary: "Trouble that has not lasted long enough to be an alert yet",
        tags,
      },
      access: reading,
    })
    .input(pendingAlertsQuerySchema)
    .output(pageOf(pendingAlertSchema))
    .query(({ ctx, input }) => listPending(ctx, input)),

  inhibited: procedure
    .meta({
      openapi: {
        method: "GET",
        path: "/alerts/inhibited",
        summary: "Firing alerts that are not told because another one speaks for them",
        tags,
      },
      access: reading,
    })
    .input(z.object({}))
    .output(z.object({ items: z.array(inhibitedAlertsSchema), nextCursor: z.null() }))
    .query(async ({ ctx }) => ({ items: await listInhibited(ctx), nextCursor: null })),

  assignees: procedure
    .meta({
      openapi: {
        method: "GET",
        path: "/alerts/assignees",
        summary: "Whom an alert can be assigned to",
        tags,
      },
      access: acting,
    })
    .input(z.object({}))
    .output(assigneesSchema)
    .query(async ({ ctx }) => ({ items: await listAssignees(ctx), nextCursor: null })),

  get: procedure
    .meta({
      openapi: { method: "GET", path: "/alerts/{id}", summary: "Show an alert", tags },
      access: reading,
    })
    .input(oneSchema)
    .output(alertSchema)
    .query(({ ctx, input }) => getAlert(ctx, input.id)),

  story: procedure
    .meta({
      openapi: {
        method: "GET",
        path: "/alerts/{id}/story",
        summary: "Everything that happened to an alert, in order",
        tags,
      },
      access: reading,
    })
    .input(oneSchema)
    .output(alertStorySchema)
    .query(({ ctx, input }) => storyOfAlert(ctx, input.id)),

  acknowledge: procedure
    .meta({
      openapi: {
        method: "POST",
        path: "/alerts/{id}/acknowledge",
        summary: "Say that you are on it, until it resolves; what somebody else has takes `takeOver`",
        tags,
      },
      access: acting,
    })
    .input(acknowledgeAlertSchema)
    .output(alertSchema)
    .mutation(({ ctx, input }) => acknowledgeAlert(ctx, input)),

  unacknowledge: procedure
    .meta({
      openapi: {
        method: "POST",
        path: "/alerts/{id}/unacknowledge",
        summary: "Say that nobody is on it any more",
        tags,
      },
      access: acting,
    })
    .input(oneSchema)
    .output(alertSchema)
    .mutation(({ ctx, input }) => unacknowledgeAlert(ctx, input.id)),

  assign: procedure
    .meta({
      openapi: {
        method: "POST",
        path: "/alerts/{id}/assign",
        summary: "Ask a person to take care of it; `userId` null takes that back",
        tags,
      },
      access: acting,
    })
    .input(assignAlertSchema)
    .output(alertSchema)
    .mutation(({ ctx, input }) => assignAlert(ctx, input)),

  comment: procedure
    .meta({
      openapi: { method: "POST", path: "/alerts/{id}/comments", summary: "Add words to its story", tags },
      access: acting,
      successStatus: 201,
    })
    .input(commentAlertSchema)
    .output(alertCommentSchema)
    .mutation(({ ctx, input }) => commentAlert(ctx, input)),

  snooze: procedure
    .meta({
      openapi: {
        method: "POST",
        path: "/alerts/{id}/snooze",
        summary: "Tell nobody of it for a time; `forMs` null ends that",
        tags,
      },
      access: acting,
    })
    .input(snoozeAlertSchema)
    .output(alertSchema)
    .mutation(({ ctx, input }) => snoozeAlert(ctx, input)),

  ...severalAlertsProcedures,
});
