import type { OnboardingStep } from "@/contracts/people/onboarding";

/** What a step is called, why it matters, and where it is done; without a place it is done already by who reads it. */
export const stepWords: Record<OnboardingStep, { name: string; why: string; to?: string; does?: string }> = {
  owner: { name: "An owner", why: "Somebody can sign in as admin and add everybody else." },
  "recovery-codes": {
    name: "Recovery codes",
    why: "The way back in on the day when a password or a phone is lost.",
    to: "/settings/second-factor",
    does: "Make ten codes",
  },
  "second-factor": {
    name: "A second factor for an admin",
    why: "With a passkey or an app a stolen password opens nothing.",
    to: "/settings/second-factor",
    does: "Set one up",
  },
  agent: {
    name: "The first agent",
    why: "One line to paste where the agent runs. This page sees it the moment it is heard.",
    to: "/",
    does: "Make the line",
  },
  "alert-channel": {
    name: "A channel for alerts",
    why: "Teams, Slack, e-mail or a webhook, with a test message that arrived.",
    to: "/settings/channels",
    does: "Add a channel",
  },
};
