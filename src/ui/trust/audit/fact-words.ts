import type { Fact, FactKind } from "@/contracts/facts";

/** What was done, as the verb of a line that begins with who did it: "Mira requested a restart of doc-indexer". */
const verbs: Record<FactKind, string> = {
  "agent.added": "added",
  "agent.changed": "changed",
  "agent.removed": "removed",
  "agent.key_created": "made a key for",
  "agent.key_rotated": "rotated a key of",
  "agent.key_revoked": "revoked a key of",
  "agent.connected": "saw connect",
  "agent.came_online": "saw online",
  "agent.went_offline": "saw offline",
  "agent.stopped": "saw stop",
  "agent.got_stuck": "saw stuck",
  "agent.got_unstuck": "saw go on",
  "agent.lost_sight_of": "lost sight of",
  "agent.began_change": "saw begin a change",
  "agent.ended_change": "saw end a change",
  "agent.crashed": "saw crash",
  "agent.config_drifted": "saw another configuration on",
  "agent.config_settled": "saw the right configuration again on",
  "group.created": "made the group",
  "command.requested": "requested",
  "command.sent": "sent",
  "command.acknowledged": "acknowledged",
  "command.started": "started",
  "command.succeeded": "finished",
  "command.failed": "failed",
  "command.expired": "let expire",
  "command.cancelled": "cancelled",
  "join_token.created": "made a join token",
  "join_token.revoked": "revoked a join token",
  "user.created": "added",
  "user.changed": "changed",
  "user.role_changed": "changed the role of",
  "user.disabled": "switched off",
  "user.enabled": "switched on",
  "security.setup_begun": "began the setup by its code",
  "security.setup_completed": "completed the setup",
  "security.login_succeeded": "signed in",
  "security.login_failed": "failed to sign in",
  "security.logged_out": "signed out",
  "security.session_revoked": "ended a session of",
  "security.password_changed": "changed the password of",
  "security.password_rehashed": "signed in by an imported password, which is hashed anew,",
  "security.token_created": "made an API token",
  "security.token_revoked": "revoked an API token",
  "security.agent_refused": "was refused",
  "security.account_locked": "locked the account of",
  "security.account_unlocked": "unlocked the account of",
  "security.access_refused": "was refused for lack of a role",
  "security.limit_reached": "tried too often",
  "security.second_factor_added": "added a second factor for",
  "security.second_factor_removed": "removed a second factor of",
  "security.second_factor_failed": "failed the second factor",
  "security.stepped_up": "showed the second factor again",
  "security.recovery_codes_made": "made recovery codes for",
  "security.recovery_code_used": "used a recovery code",
  "security.recovery_failed": "failed to use a recovery code",
  "security.password_reset_asked": "asked for a new password",
  "security.password_reset": "set a new password by mail",
  "security.invitation_created": "invited",
  "security.invitation_renewed": "sent again the invitation of",
  "security.invitation_revoked": "took back the invitation of",
  "security.invitation_accepted": "accepted the invitation",
  "security.sso_linked": "linked a sign-in of the identity provider to",
  "security.sso_refused": "was refused by single sign-on",
  "security.client_created": "made the machine client",
  "security.client_rotated": "gave a new secret to the machine client",
  "security.client_revoked": "revoked the machine client",
  "security.device_approved": "let a command line sign in as",
  "security.device_denied": "refused a command line",
  "security.refresh_reused": "presented a used refresh token of",
  "security.certificate_issued": "issued a certificate for",
  "security.certificate_expiring": "warned of the end of a certificate of",
  "security.certificate_revoked": "revoked a certificate of",
  "security.secret_rotated": "rotated the secret",
  "user.deleted": "deleted",
  "rule.created": "made the rule",
  "rule.changed": "changed the rule",
  "rule.deleted": "deleted the rule",
  "alert.fired": "fired the alert",
  "alert.acknowledged": "acknowledged",
  "alert.unacknowledged": "took the acknowledgement from",
  "alert.assigned": "changed who cares for",
  "alert.commented": "commented on",
  "alert.snoozed": "changed the snooze of",
  "alert.flapping": "called flapping",
  "alert.resolved": "resolved",
  "silence.created": "silenced",
  "silence.changed": "changed the silence",
  "silence.ended": "ended the silence",
  "policy.changed": "changed",
  "channel.created": "added the channel",
  "channel.changed": "changed the channel",
  "channel.deleted": "deleted the channel",
  "channel.tested": "tested",
  "notification.delivered": "told",
  "notification.given_up": "gave up telling",
  "setting.changed": "changed",
  "monitoring.was_blind": "was blind",
};

/** Kinds that a newer server may send are shown as they are called. */
export function factVerb(kind: string): string {
  return isKnown(kind) ? verbs[kind] : kind.replace(/[._]/g, " ");
}

function isKnown(kind: string): kind is FactKind {
  return Object.hasOwn(verbs, kind);
}

/** What somebody should look at: it is drawn loud. */
export function isTrouble(kind: FactKind): boolean {
  return [
    "security.login_failed",
    "security.account_locked",
    "security.limit_reached",
    "security.second_factor_failed",
    "security.recovery_failed",
    "security.refresh_reused",
    "security.sso_refused",
    "security.agent_refused",
    "notification.given_up",
    "command.failed",
  ].includes(kind);
}

/** The command's own verb stands in its fact: "requested restart". */
export function factDid(fact: Pick<Fact, "kind" | "after" | "data" | "before">): string {
  const verb = factVerb(fact.kind);
  if (!fact.kind.startsWith("command.")) return verb;
  const kind = [fact.after, fact.data, fact.before]
    .map((part) => part?.kind)
    .find((word) => typeof word === "string");
  return kind ? `${verb} ${String(kind)}` : verb;
}

/** Why it happened: what the person wrote, else what the server noted, such as "wrong password, from 203.0.113.7". */
export function factWhy({ reason, data }: Pick<Fact, "reason" | "data">): string | null {
  if (reason) return reason;
  const words = [data?.because, data?.ip && `from ${String(data.ip)}`].filter(
    (word) => typeof word === "string",
  );
  return words.length > 0 ? words.join(", ") : null;
}
