import { Command } from "commander";
import { version } from "../../package.json";
import { failureOf } from "./connection/fail";
import { endWithReader } from "./connection/pipe";
import { registerDoctor } from "./doctor";
import { registerAgent } from "./fleet/agent";
import { registerAgents } from "./fleet/agents";
import { registerCa } from "./fleet/ca";
import { registerCommands } from "./fleet/commands";
import { registerGroups } from "./fleet/groups";
import { registerJoinTokens } from "./fleet/join-tokens";
import { registerLogs } from "./fleet/logs";
import { registerClients } from "./people/clients";
import { registerInvitations } from "./people/invitations";
import { registerLogin } from "./people/login";
import { registerLogout } from "./people/logout";
import { registerOnboarding } from "./people/onboarding";
import { registerPassword } from "./people/password";
import { registerSecondFactor } from "./people/second-factor";
import { registerSessions } from "./people/sessions";
import { registerSettings } from "./people/settings";
import { registerSso } from "./people/sso";
import { registerTokens } from "./people/tokens";
import { registerUsers } from "./people/users";
import { registerWhoami } from "./people/whoami";
import { registerRun } from "./run";
import { registerAudit } from "./trust/audit";
import { registerSecrets } from "./trust/secrets";
import { registerAlerts } from "./watch/alerts";
import { registerChannels } from "./watch/channels";
import { registerDeadMan } from "./watch/dead-man";
import { registerInbox } from "./watch/inbox";
import { registerNotifications } from "./watch/notifications";
import { registerRoutes } from "./watch/routes";
import { registerRules } from "./watch/rules";
import { registerSilences } from "./watch/silences";
import { registerMaintenance } from "./watch/silences/maintenance";

/** The `mc` command. Exit codes: 0 done · 1 failed · 2 usage · 3 not authorised · 4 not found. */
const program = new Command("mc")
  .description("Mission Control from the command line")
  .version(version)
  // `mc run` hands everything after the program's name on to the program.
  .enablePositionalOptions()
  .showHelpAfterError("(mc <command> --help tells more)")
  .exitOverride();

for (const register of [
  registerLogin,
  registerLogout,
  registerWhoami,
  registerSessions,
  registerPassword,
  registerSecondFactor,
  registerAgents,
  registerAgent,
  registerCa,
  registerGroups,
  registerCommands,
  registerLogs,
  registerRun,
  registerAlerts,
  registerChannels,
  registerNotifications,
  registerInbox,
  registerSilences,
  registerMaintenance,
  registerRules,
  registerRoutes,
  registerDeadMan,
  registerUsers,
  registerInvitations,
  registerSso,
  registerTokens,
  registerClients,
  registerJoinTokens,
  registerOnboarding,
  registerSettings,
  registerAudit,
  registerSecrets,
  registerDoctor,
]) {
  register(program);
}

// A program under `mc run` outlives the reader of its output.
if (process.argv[2] !== "run") endWithReader();

/** Only the program itself would throw instead of ending the process with code 1. */
function throwEverywhere(command: Command): void {
  command.exitOverride();
  command.commands.forEach(throwEverywhere);
}
throwEverywhere(program);

// Node itself would end, with 0, while all that is waited for is a request whose connection broke before it was sent.
const awake = setInterval(() => {}, 60_000);
program
  .parseAsync()
  .catch((error: unknown) => {
    const failure = failureOf(error);
    if (!failure) return;
    if (failure.message) process.stderr.write(`${failure.message}\n`);
    process.exitCode = failure.exitCode;
  })
  .finally(() => clearInterval(awake));
