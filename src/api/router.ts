import { agentRouter } from "./fleet/agent";
import { agentCertificatesRouter } from "./fleet/agent-certificates";
import { agentKeysRouter } from "./fleet/agent-keys";
import { agentsRouter } from "./fleet/agents";
import { boardRouter } from "./fleet/board";
import { caRouter } from "./fleet/ca";
import { commandsRouter } from "./fleet/commands";
import { groupsRouter } from "./fleet/groups";
import { joinTokensRouter } from "./fleet/join-tokens";
import { logsRouter } from "./fleet/logs";
import { metricsRouter } from "./fleet/metrics";
import { settingsRouter } from "./kernel/settings";
import { authRouter } from "./people/auth";
import { invitationsRouter } from "./people/invitations";
import { oauthRouter } from "./people/oauth";
import { oauthClientsRouter } from "./people/oauth-clients";
import { onboardingRouter } from "./people/onboarding";
import { passkeysRouter } from "./people/passkeys";
import { passwordResetsRouter } from "./people/password-resets";
import { programsRouter } from "./people/programs";
import { secondFactorRouter } from "./people/second-factor";
import { sessionsRouter } from "./people/sessions";
import { ssoRouter } from "./people/sso";
import { tokensRouter } from "./people/tokens";
import { usersRouter } from "./people/users";
import { router } from "./trpc";
import { auditRouter } from "./trust/audit";
import { alertsRouter } from "./watch/alerts";
import { channelsRouter } from "./watch/channels";
import { deadManRouter, watchRouter } from "./watch/health";
import { inboxRouter } from "./watch/inbox";
import { alertLinksRouter } from "./watch/links";
import { notificationsRouter } from "./watch/notifications";
import { alertPolicyRouter } from "./watch/policy";
import { rulesRouter } from "./watch/rules";
import { silencesRouter } from "./watch/silences";

/** Every procedure there is: the console, `mc`, REST and the OpenAPI document all come from this. */
export const appRouter = router({
  agent: agentRouter,
  agentCertificates: agentCertificatesRouter,
  agentKeys: agentKeysRouter,
  agents: agentsRouter,
  alertLinks: alertLinksRouter,
  alertPolicy: alertPolicyRouter,
  alerts: alertsRouter,
  audit: auditRouter,
  auth: authRouter,
  board: boardRouter,
  ca: caRouter,
  channels: channelsRouter,
  commands: commandsRouter,
  deadMan: deadManRouter,
  groups: groupsRouter,
  inbox: inboxRouter,
  invitations: invitationsRouter,
  joinTokens: joinTokensRouter,
  logs: logsRouter,
  metrics: metricsRouter,
  notifications: notificationsRouter,
  onboarding: onboardingRouter,
  passkeys: passkeysRouter,
  passwordResets: passwordResetsRouter,
  oauth: oauthRouter,
  oauthClients: oauthClientsRouter,
  programs: programsRouter,
  rules: rulesRouter,
  secondFactor: secondFactorRouter,
  sessions: sessionsRouter,
  settings: settingsRouter,
  silences: silencesRouter,
  sso: ssoRouter,
  tokens: tokensRouter,
  users: usersRouter,
  watch: watchRouter,
});

export type AppRouter = typeof appRouter;
