import { z } from "zod";
import { actorSchema, targetSchema } from "@/contracts/kernel/actor";

/**
 * Everything that can have happened, past tense. Facts are durable and ordered; the audit trail, the live board,
 * alert rules and notifications are readers of this one log.
 */
export const factKinds = [
  // fleet
  "agent.added",
  "agent.changed",
  "agent.removed",
  "agent.key_created",
  "agent.key_rotated",
  "agent.key_revoked",
  "agent.connected",
  "agent.came_online",
  "agent.went_offline",
  "agent.stopped",
  "agent.got_stuck",
  "agent.got_unstuck",
  "agent.lost_sight_of",
  "agent.began_change",
  "agent.ended_change",
  "agent.crashed",
  "agent.config_drifted",
  "agent.config_settled",
  "group.created",
  "command.requested",
  "command.sent",
  "command.acknowledged",
  "command.started",
  "command.succeeded",
  "command.failed",
  "command.expired",
  "command.cancelled",
  "join_token.created",
  "join_token.revoked",
  // people
  "user.created",
  "user.changed",
  "user.role_changed",
  "user.disabled",
  "user.enabled",
  "security.setup_begun",
  "security.setup_completed",
  "security.login_succeeded",
  "security.login_failed",
  "security.logged_out",
  "security.session_revoked",
  "security.password_changed",
  "security.password_rehashed",
  "security.token_created",
  "security.token_revoked",
  "security.agent_refused",
  "security.account_locked",
  "security.account_unlocked",
  "security.limit_reached",
  "security.access_refused",
  "security.second_factor_added",
  "security.second_factor_removed",
  "security.second_factor_failed",
  "security.stepped_up",
  "security.recovery_codes_made",
  "security.recovery_code_used",
  "security.recovery_failed",
  "security.password_reset_asked",
  "security.password_reset",
  "security.invitation_created",
  "security.invitation_renewed",
  "security.invitation_revoked",
  "security.invitation_accepted",
  "security.sso_linked",
  "security.sso_refused",
  "security.client_created",
  "security.client_rotated",
  "security.client_revoked",
  "security.device_approved",
  "security.device_denied",
  "security.refresh_reused",
  "security.certificate_issued",
  "security.certificate_expiring",
  "security.certificate_revoked",
  "security.secret_rotated",
  "user.deleted",
  // watch
  "rule.created",
  "rule.changed",
  "rule.deleted",
  "alert.fired",
  "alert.acknowledged",
  "alert.unacknowledged",
  "alert.assigned",
  "alert.commented",
  "alert.snoozed",
  "alert.flapping",
  "alert.resolved",
  "silence.created",
  "silence.changed",
  "silence.ended",
  "policy.changed",
  "channel.created",
  "channel.changed",
  "channel.deleted",
  "channel.tested",
  "notification.delivered",
  "notification.given_up",
  // kernel
  "setting.changed",
  "monitoring.was_blind",
] as const;
export const factKindSchema = z.enum(factKinds);
export type FactKind = z.infer<typeof factKindSchema>;

const changed = z.record(z.string(), z.unknown());

/**
 * A stamped fact. `after` holds the public fields that changed, in the words of the target's own contract (an
 * agent's fact patches `Agent`, a command's patches `Command`): a reader that keeps a picture folds facts over it
 * and needs no second question to the database. `hash` = SHA-256 over the canonical JSON of the row and `prevHash`.
 */
export const factSchema = z.object({
  seq: z.number(),
  account: z.string(),
  kind: factKindSchema,
  at: z.string(),
  actor: actorSchema,
  target: targetSchema.nullable(),
  reason: z.string().nullable(),
  before: changed.nullable(),
  after: changed.nullable(),
  data: changed.nullable(),
  requestId: z.string().nullable(),
  prevHash: z.string(),
  hash: z.string(),
});
export type Fact = z.infer<typeof factSchema>;

/** A fact as a verb writes it, before it is stamped. */
export type NewFact = {
  kind: FactKind;
  target: Fact["target"];
  reason?: string | null;
  before?: Record<string, unknown> | null;
  after?: Record<string, unknown> | null;
  data?: Record<string, unknown> | null;
};
