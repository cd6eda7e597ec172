import { z } from "zod";
import { pageOf, pageQuerySchema } from "@/contracts/kernel/page";
import {
  changePolicySchema,
  previewRoutingSchema,
  restorePolicySchema,
  routingPreviewSchema,
  storedPolicySchema,
} from "@/contracts/watch/policy";
import {
  changePolicy,
  getPolicy,
  listPolicyVersions,
  previewRouting,
  restorePolicy,
} from "@/domain/watch/telling/policy";
import { procedure, router } from "../trpc";

/** The alert policy: who is told what and when. One document, changed as a whole, every version kept. */
export const alertPolicyRouter = router({
  get: procedure
    .meta({
      openapi: {
        method: "GET",
        path: "/alert-policy",
        summary: "Who is told what and when",
        tags: ["alerts"],
      },
      access: "board:read",
    })
    .input(z.object({}))
    .output(storedPolicySchema)
    .query(({ ctx }) => getPolicy(ctx)),
  change: procedure
    .meta({
      openapi: {
        method: "PUT",
        path: "/alert-policy",
        summary: "Replace the routes and inhibitions as a whole",
        tags: ["alerts"],
      },
      access: "rules:manage",
    })
    .input(changePolicySchema)
    .output(storedPolicySchema)
    .mutation(({ ctx, input }) => changePolicy(ctx, input)),
  versions: procedure
    .meta({
      openapi: {
        method: "GET",
        path: "/alert-policy/versions",
        summary: "Every version of the routes with its author, newest first",
        tags: ["alerts"],
      },
      access: "board:read",
    })
    .input(pageQuerySchema)
    .output(pageOf(storedPolicySchema))
    .query(({ ctx, input }) => listPolicyVersions(ctx, input)),
  restore: procedure
    .meta({
      openapi: {
        method: "POST",
        path: "/alert-policy/restore",
        summary: "Bring an earlier version of the routes back",
        tags: ["alerts"],
      },
      access: "rules:manage",
    })
    .input(restorePolicySchema)
    .output(storedPolicySchema)
    .mutation(({ ctx, input }) => restorePolicy(ctx, input)),
  preview: procedure
    .meta({
      openapi: {
        method: "POST",
        path: "/alert-policy/preview",
        summary: "Whom an alert with these labels would reach",
        tags: ["alerts"],
      },
      access: "board:read",
    })
    .input(previewRoutingSchema)
    .output(routingPreviewSchema)
    .mutation(({ ctx, input }) => previewRouting(ctx, input)),
});
