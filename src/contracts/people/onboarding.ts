import { z } from "zod";

/** What makes a fresh installation useful and safe, in the order in which it is done. */
export const onboardingSteps = [
  "owner",
  "recovery-codes",
  "second-factor",
  "agent",
  "alert-channel",
] as const;
export type OnboardingStep = (typeof onboardingSteps)[number];

/**
 * `GET /v1/onboarding`. Nobody ticks a step off: each is true when the product sees that it is so, and false again when
 * it no longer is. `owner`: an admin can sign in · `recovery-codes`: an admin keeps a set · `second-factor`: an admin
 * has an app or a passkey · `agent`: one has joined and was heard · `alert-channel`: a test message arrived.
 */
export const onboardingSchema = z.object({
  /** Every step that is not optional is done. */
  complete: z.boolean(),
  /** When an admin put the list away; null: it is shown while it is not complete. */
  dismissedAt: z.string().nullable(),
  steps: z.array(z.object({ name: z.enum(onboardingSteps), done: z.boolean(), optional: z.boolean() })),
});
export type Onboarding = z.infer<typeof onboardingSchema>;

/** `PATCH /v1/onboarding`: puts the list away for all admins, or brings it back. */
export const changeOnboardingSchema = z.object({ dismissed: z.boolean() });
