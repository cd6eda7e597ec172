import type { AlertLinkAct } from "@/contracts/watch/alert-link";

/** The words of each act, in the order in which a person meets them. */
export const actWords: Record<AlertLinkAct, { ask: string; button: string; means: string }> = {
  acknowledge: {
    ask: "Are you on it?",
    button: "Acknowledge",
    means:
      "Everybody sees that somebody takes care of it, and it is not repeated. It ends when the alert does.",
  },
  silence: {
    ask: "Quiet for an hour?",
    button: "Silence for 1 hour",
    means: "This rule tells nobody about this subject for an hour. If it still fires then, it is told again.",
  },
};
