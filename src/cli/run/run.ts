import { setTimeout as sleep } from "node:timers/promises";
import { Backoff } from "./backoff";
import { enrol, storedKey } from "./enrol";
import { Journal } from "./journal";
import { ManagedAgent } from "./managed-agent";
import { Notices } from "./notices";
import type { RunOptions } from "./options";
import { endOrphan } from "./orphan";
import { onEndingSignals } from "./signals";
import { lockStateFolder } from "./state-folder";
import { openTerminal } from "./terminal";

/** Exit codes of our own: as the other commands of `mc`, and as shells tell a program that cannot be started. */
const failed = 1;
const usage = 2;
const notAuthorised = 3;
const cannotStart = 127;
/** As a shell tells it: 128 + SIGTERM. */
const endedEarly = 143;

type Access = { key: string } | { later: (onRefused: () => void) => Promise<string> } | { exitCode: number };

/** The key to connect with: given, kept from before, or asked for with a join token. */
async function findAccess(options: RunOptions, notices: Notices): Promise<Access> {
  if (options.tls.cert) return { key: "" };
  if (options.key) return { key: options.key };
  const stored = storedKey(options.stateFolder, options.url);
  if (stored) return { key: stored.key };
  const token = options.joinToken;
  if (!token) {
    notices.say(
      "no key. Give --key mca_… (or MC_AGENT_KEY), --join mcj_… (or MC_JOIN_TOKEN) to enrol this agent, or --cert and --key with files.",
    );
    return { exitCode: usage };
  }
  const ask = async () => {
    const answer = await enrol({ url: options.url, token }, options, options.stateFolder);
    if (answer.outcome === "joined" && answer.notKept) {
      notices.say(
        `enrolled as "${answer.name}", but the key can't be kept (${answer.notKept}): the next start enrols it anew`,
      );
    }
    return answer;
  };
  const first = await ask();
  if (first.outcome === "joined") return { key: first.key };
  if (first.outcome === "refused") {
    notices.say(`this agent was not enrolled: ${first.message}`);
    return { exitCode: notAuthorised };
  }
  notices.say(
    `not enrolled yet, ${options.url} is not there (${first.message}); the program starts all the same`,
  );
  const later = async (onRefused: () => void) => {
    const backoff = new Backoff(1_000, 10_000);
    for (;;) {
      await sleep(backoff.next());
      const next = await ask();
      if (next.outcome === "joined") return next.key;
      if (next.outcome === "refused") onRefused();
      notices.say(`not enrolled yet: ${next.message}`);
    }
  };
  return { later };
}

/** Ending signals from the first moment on: without a listener the system would end us, and the orphan stay. */
function hearEarly() {
  let heard = false;
  let ask: (access: { exitCode: number }) => void = () => {};
  const asked = new Promise<{ exitCode: number }>((resolve) => {
    ask = resolve;
  });
  const deaf = onEndingSignals(
    () => {
      heard = true;
      ask({ exitCode: endedEarly });
    },
    () => process.exit(endedEarly),
  );
  return { asked, deaf, heard: () => heard };
}

/** Supervises one program until it is over, and answers the exit code. */
export async function runAgent(options: RunOptions): Promise<number> {
  const echo = openTerminal(options.quiet);
  const notices = new Notices();
  const early = hearEarly();
  let deaf = early.deaf;
  let unlock: () => void;
  let journal: Journal;
  try {
    unlock = lockStateFolder(options.stateFolder);
    journal = new Journal(options.stateFolder, ({ message }) =>
      notices.say(
        `the journal can't be kept (${message}); the program keeps running. If mc run itself is killed now, the ` +
          "next one may not know the program's process, nor which commands were done",
      ),
    );
  } catch (error) {
    deaf();
    notices.say(error instanceof Error ? error.message : String(error));
    return failed;
  }
  try {
    const access = await Promise.race([findAccess(options, notices), early.asked]);
    if ("exitCode" in access && !early.heard()) return access.exitCode;
    // Also when we were told to end by now: what the last supervisor left behind is this agent's program.
    const orphan = await endOrphan(journal, options.graceMs);
    if (orphan) notices.say(`ended process ${orphan}, left behind by the last supervisor`);
    if (early.heard() || "exitCode" in access) return endedEarly;

    const agent = new ManagedAgent(options, { journal, notices, echo });
    early.deaf();
    deaf = onEndingSignals(
      (signal) => void agent.stop(signal),
      () => agent.abandon(),
    );
    try {
      await agent.supervisor.start();
    } catch (error) {
      const why = `"${options.command[0]}" cannot be started: ${error instanceof Error ? error.message : error}`;
      notices.say(why);
      void agent.neverStarted(why, cannotStart);
    }
    if ("key" in access) void agent.connect(access.key);
    else void access.later(() => agent.refused("not enrolled")).then((key) => agent.connect(key));
    return await agent.finished;
  } finally {
    deaf();
    journal.close();
    unlock();
  }
}
