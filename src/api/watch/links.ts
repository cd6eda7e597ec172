import { alertLinkSchema, seenAlertLinkSchema } from "@/contracts/watch/alert-link";
import { actByAlertLink, lookAtAlertLink } from "@/domain/watch/links";
import { procedure, router } from "../trpc";

const tags = ["alerts"];

/** The links of messages, for whoever holds one: looking changes nothing, since programs open links too. */
export const alertLinksRouter = router({
  look: procedure
    .meta({
      openapi: {
        method: "GET",
        path: "/alert-links/{token}",
        summary: "What the link of a message would do",
        tags,
      },
      access: "public",
      beforeEnrolment: true,
    })
    .input(alertLinkSchema)
    .output(seenAlertLinkSchema)
    .query(({ ctx, input }) => lookAtAlertLink(ctx, input.token, ctx, ctx.attempts)),

  act: procedure
    .meta({
      openapi: {
        method: "POST",
        path: "/alert-links/{token}",
        summary: "Do what the link of a message offers: acknowledge, or silence for an hour",
        tags,
      },
      access: "public",
      beforeEnrolment: true,
    })
    .input(alertLinkSchema)
    .output(seenAlertLinkSchema)
    .mutation(({ ctx, input }) => actByAlertLink(ctx, input.token, ctx, ctx.attempts)),
});
