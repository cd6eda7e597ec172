import type { Fact, FactKind } from "@/contracts/facts";

/** What was done, as the verb of a line that begins with who did it: "Mira requested a restart of doc-indexer". */
const verbs: Record<FactKind, string> = {
  "agent.added": "added",
  "agent.changed": "changed",
  "agent.removed": "removed",
  "agent.key_created": "made a key for",
  "agent.key_rotated": "rotated a key of",
  "agent.key_revoked": "revoked a key of",
  "agent.connected": "saw a new connection of",
  "agent.came_online": "saw the return of",
  "agent.went_offline": "heard no more of",
  "agent.stopped": "saw the stop of",
  "agent.got_stuck": "saw no progress in",
  "agent.got_unstuck": "saw progress again in",
  "agent.lost_sight_of": "lost sight of",
  "agent.began_change": "saw a change begin in",
  "agent.ended_change": "saw a change end in",
  "agent.crashed": "saw a crash of",
  "agent.config_drifted": "saw another configuration on",
  "agent.config_settled": "saw the right configuration again on",
  "group.created": "made the group",
  "command.requested": "requested",
  "command.sent": "sent",
  "command.acknowledged": "acknowledged",
  "command.started": "started",
  "command.succeeded": "finished",
  "command.failed": "failed at",
  "command.expired": "ran out of time for",
  "command.cancelled": "cancelled",
  "join_token.created": "made the join token",
  "join_token.revoked": "revoked the join token",
  "user.created": "added",
  "user.changed": "changed",
  "user.role_changed": "changed the role of",
  "user.disabled": "switched off",
  "user.enabled": "switched on",
  "security.setup_begun": "began the setup by its code",
  "security.setup_completed": "completed the setup for",
  "security.login_succeeded": "signed in as",
  "security.login_failed": "failed to sign in as",
  "security.logged_out": "signed out of",
  "security.session_revoked": "ended a session of",
  "security.password_changed": "changed the password of",
  "security.password_rehashed": "hashed anew the imported password of",
  "security.token_created": "made the API token",
  "security.token_revoked": "revoked the API token",
  "security.agent_refused": "was refused as",
  "security.account_locked": "locked the account of",
  "security.account_unlocked": "unlocked the account of",
  "security.access_refused": "was refused for lack of a role",
  "security.limit_reached": "tried too often",
  "security.second_factor_added": "added a second factor for",
  "security.second_factor_removed": "removed a second factor of",
  "security.second_factor_failed": "failed the second factor of",
  "security.stepped_up": "showed again the second factor of",
  "security.recovery_codes_made": "made recovery codes for",
  "security.recovery_code_used": "used a recovery code of",
  "security.recovery_failed": "failed to use a recovery code of",
  "security.password_reset_asked": "asked for a new password for",
  "security.password_reset": "set a new password by mail for",
  "security.invitation_created": "invited",
  "security.invitation_renewed": "renewed the invitation of",
  "security.invitation_revoked": "took back the invitation of",
  "security.invitation_accepted": "accepted the invitation of",
  "security.sso_linked": "linked a sign-in of the identity provider to",
  "security.sso_refused": "was refused by single sign-on as",
  "security.client_created": "made the machine client",
  "security.client_rotated": "gave a new secret to the machine client",
  "security.client_revoked": "revoked the machine client",
  "security.device_approved": "let a command line sign in as",
  "security.device_denied": "refused a command line for",
  "security.refresh_reused": "presented a used refresh token of",
  "security.certificate_issued": "issued a certificate for",
  "security.certificate_expiring": "warned of the end of a certificate of",
  "security.certificate_revoked": "revoked a certificate of",
  "security.secret_rotated": "rotated the secret of",
  "user.deleted": "deleted",
  "rule.created": "made the rule",
  "rule.changed": "changed the rule",
  "rule.deleted": "deleted the rule",
  "alert.fired": "fired the alert",
  "alert.acknowledged": "acknowledged",
  "alert.unacknowledged": "took the acknowledgement from",
  "alert.assigned": "changed who has",
  "alert.commented": "commented on",
  "alert.snoozed": "changed the snooze of",
  "alert.flapping": "noted flapping of",
  "alert.resolved": "resolved",
  "silence.created": "silenced",
  "silence.changed": "changed the silence",
  "silence.ended": "ended the silence",
  "policy.changed": "changed",
  "channel.created": "added the channel",
  "channel.changed": "changed the channel",
  "channel.deleted": "deleted the channel",
  "channel.tested": "tested",
  "notification.delivered": "delivered",
  "notification.given_up": "gave up",
  "setting.changed": "changed the setting",
  "monitoring.was_blind": "noted a blind time of",
};

/** The same where the one who did it is the one it was done to: nothing follows then. */
const ownVerbs: Partial<Record<FactKind, string>> = {
  "agent.connected": "connected",
  "agent.came_online": "came online",
  "agent.went_offline": "went offline",
  "agent.stopped": "stopped",
  "agent.got_stuck": "got stuck",
  "agent.got_unstuck": "made progress again",
  "agent.began_change": "began a change",
  "agent.ended_change": "ended a change",
  "agent.crashed": "crashed",
  "agent.config_drifted": "runs another configuration",
  "agent.config_settled": "runs the right configuration again",
  "security.setup_completed": "completed the setup",
  "security.login_succeeded": "signed in",
  "security.login_failed": "failed to sign in",
  "security.logged_out": "signed out",
  "security.second_factor_failed": "failed the second factor",
  "security.stepped_up": "showed the second factor again",
  "security.invitation_accepted": "accepted the invitation",
  "security.device_denied": "refused a command line",
};

/** A command as a thing that is requested, sent and done. */
const commandNouns: Readonly<Record<string, string>> = {
  restart: "restart",
  kill: "kill",
  "update-config": "change of configuration",
  "health-check": "health check",
  pause: "pause",
  resume: "resumption",
};

/** Kinds that a newer server may send are shown as they are called. */
export function factVerb(kind: string): string {
  return isKnown(kind) ? verbs[kind] : kind.replace(/[._]/g, " ");
}

function isKnown(kind: string): kind is FactKind {
  return Object.hasOwn(verbs, kind);
}

const troubles: ReadonlySet<FactKind> = new Set([
  "agent.crashed",
  "command.failed",
  "command.expired",
  "security.login_failed",
  "security.account_locked",
  "security.limit_reached",
  "security.access_refused",
  "security.second_factor_failed",
  "security.recovery_failed",
  "security.refresh_reused",
  "security.sso_refused",
  "security.agent_refused",
  "security.certificate_expiring",
  "notification.given_up",
  "monitoring.was_blind",
]);

/** What somebody should look at: it is drawn loud. */
export function isTrouble(kind: FactKind): boolean {
  return troubles.has(kind);
}

type Told = Pick<Fact, "kind" | "actor" | "target" | "after" | "data" | "before">;

/** What was done, in words that the target's name continues: "requested a restart of". */
export function factDid(fact: Told): string {
  const own = ownVerb(fact);
  if (own) return own;
  const verb = factVerb(fact.kind);
  if (!fact.kind.startsWith("command.")) return fact.target ? verb : verb.replace(/ (as|of|for|in)$/, "");
  const kind = [fact.after, fact.data, fact.before]
    .map((part) => part?.kind)
    .find((word) => typeof word === "string");
  const noun = commandNouns[String(kind)];
  if (!noun) return `${verb} a command for`;
  return `${verb} ${fact.kind === "command.requested" ? "a" : "the"} ${noun} of`;
}

/** Whom it was done to, as the sentence says it; null where it says so already. */
export function factDoneTo(fact: Told): string | null {
  return ownVerb(fact) ? null : (fact.target?.name ?? null);
}

function ownVerb({ kind, actor, target }: Told): string | undefined {
  return target && target.id === actor.id ? ownVerbs[kind] : undefined;
}

/** Why it happened: what the person wrote, else what the server noted, such as "wrong password, from 203.0.113.7". */
export function factWhy({ reason, data }: Pick<Fact, "reason" | "data">): string | null {
  if (reason) return reason;
  const words = [data?.because, data?.ip && `from ${String(data.ip)}`].filter(
    (word) => typeof word === "string",
  );
  return words.length > 0 ? words.join(", ") : null;
}
