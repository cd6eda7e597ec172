import { z } from "zod";
import { changeOnboardingSchema, onboardingSchema } from "@/contracts/people/onboarding";
import { changeOnboarding, findOnboarding } from "@/domain/people/setup";
import { procedure, router } from "../trpc";

const tags = ["settings"];
const access = "settings:manage" as const;

/** The first steps of a fresh installation. */
export const onboardingRouter = router({
  get: procedure
    .meta({
      openapi: { method: "GET", path: "/onboarding", summary: "How far the first steps are", tags },
      access,
    })
    .input(z.object({}).prefault({}))
    .output(onboardingSchema)
    .query(({ ctx }) => findOnboarding(ctx)),

  change: procedure
    .meta({
      openapi: {
        method: "PATCH",
        path: "/onboarding",
        summary: "Put the first steps away for all admins, or bring them back",
        tags,
      },
      access,
    })
    .input(changeOnboardingSchema)
    .output(onboardingSchema)
    .mutation(({ ctx, input }) => changeOnboarding(ctx, input)),
});
