import { z } from "zod";

/** Who did something. `name` is kept with the act, so that the audit log still reads when the person is gone. */
export const actorSchema = z.object({
  kind: z.enum(["user", "token", "agent", "rule", "system", "anonymous"]),
  id: z.string(),
  name: z.string(),
});
export type Actor = z.infer<typeof actorSchema>;

/** What something was done to. */
export const targetSchema = z.object({
  kind: z.enum([
    "agent",
    "command",
    "user",
    "session",
    "token",
    "client",
    "signing-key",
    "invitation",
    "group",
    "rule",
    "alert",
    "channel",
    "notification",
    "silence",
    "policy",
    "setting",
    "account",
    "monitoring",
  ]),
  id: z.string(),
  name: z.string(),
});
export type Target = z.infer<typeof targetSchema>;
