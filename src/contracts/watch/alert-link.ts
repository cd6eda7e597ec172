import { z } from "zod";
import { alertSchema } from "./alert";

/** What the button of a link in a message can do. */
export const alertLinkActs = ["acknowledge", "silence"] as const;
export type AlertLinkAct = (typeof alertLinkActs)[number];

/** How long a link in a message opens something, and how long its silence lasts. */
export const alertLinkMs = 24 * 3_600_000;
export const alertLinkSilenceMs = 3_600_000;

export const alertLinkSchema = z.object({ token: z.string().min(1).max(600) });

/**
 * What stands behind a link: no more of the alert than the message told. `open`: the button would do something ·
 * `done`: somebody did it, maybe the caller just now · `resolved`: the alert ended, there is nothing left to do.
 */
export const seenAlertLinkSchema = z.object({
  act: z.enum(alertLinkActs),
  state: z.enum(["open", "done", "resolved"]),
  alert: alertSchema
    .pick({ id: true, severity: true, ruleName: true, summary: true, firedAt: true, resolvedAt: true })
    .extend({ subjectName: z.string() }),
  /** Who did it and when; `until`: when the silence ends. `now`: it was this call. */
  done: z
    .object({ by: z.string(), at: z.string(), until: z.string().nullable(), now: z.boolean() })
    .nullable(),
  /** As whom the button acts: the person who is signed in, else the link itself. */
  actsAs: z.string(),
  expiresAt: z.string(),
});
export type SeenAlertLink = z.infer<typeof seenAlertLinkSchema>;
