import { hostname } from "node:os";
import { type Command, Option } from "commander";
import { collectTag, parseDuration, parseGroup, parseUrl } from "./options";
import { runAgent } from "./run";
import { defaultStateFolder, nameOfCommand } from "./state-folder";
import { type RestartPolicy, restartPolicies } from "./supervisor";
import { readTls } from "./tls-files";

type Given = {
  name?: string;
  group?: string;
  tag: string[];
  url: string;
  key?: string;
  cert?: string;
  ca?: string;
  join?: string;
  restart: RestartPolicy;
  grace: number;
  tellFor: number;
  stateDir?: string;
  health?: string;
  quiet?: boolean;
  stay?: boolean;
};

/** `mc run -- <command…>`: any program becomes a managed agent. Ends the process with the program's exit code. */
export function registerRun(program: Command): void {
  program
    .command("run")
    .description(
      "run a program as a managed agent: its state, log lines and resources are seen, and it takes commands",
    )
    .usage("[options] -- <command...>")
    .argument("<command...>", "the program and its arguments")
    .option("--name <name>", "name of the agent (default: the program's and this host's)")
    .option("--group <group>", "group to enrol in", parseGroup)
    .option("--tag <tag>", "tag to enrol with; may be repeated", collectTag, [])
    .addOption(
      new Option("--url <url>", "address of Mission Control")
        .env("MC_URL")
        .default("http://127.0.0.1:3000")
        .argParser(parseUrl),
    )
    .addOption(
      new Option("--key <key>", "key of this agent (mca_…); with --cert the file of its private key").env(
        "MC_AGENT_KEY",
      ),
    )
    .addOption(
      new Option("--cert <file>", "client certificate of this agent, for the port of mutual TLS").env(
        "MC_AGENT_CERT",
      ),
    )
    .addOption(
      new Option("--ca <file>", "certificate of the authority that the server's must come from").env(
        "MC_AGENT_CA",
      ),
    )
    .addOption(new Option("--join <token>", "join token (mcj_…): enrols by itself once").env("MC_JOIN_TOKEN"))
    .addOption(
      new Option("--restart <policy>", "when the program is started again")
        .choices(restartPolicies)
        .default("on-failure"),
    )
    .addOption(
      new Option("--grace <time>", "time between SIGTERM and SIGKILL")
        .argParser(parseDuration)
        .default(10_000, "10s"),
    )
    .addOption(
      new Option(
        "--tell-for <time>",
        "how long the end waits for a connection to be told over; 0: not at all",
      )
        .argParser(parseDuration)
        .default(10_000, "10s"),
    )
    .option(
      "--state-dir <folder>",
      "where key, journal and what could not be told yet are kept (default: ~/.local/state/mission-control)",
    )
    .option("--health <command>", "shell command that answers a health check with its exit code")
    .option("--quiet", "do not pass the program's output on to this terminal")
    .option("--stay", "after a kill on command stay connected and wait for a restart")
    .addHelpText(
      "after",
      `
The program may tell about itself by lines on stdout, which are not logged:
  ::mc task <text>                     what it does now
  ::mc state working|idle|waiting      waiting: for a human
  ::mc progress                        it got on
  ::metric queue.depth=12.5            a number that charts and rules can use, up to 32 names
`,
    )
    .passThroughOptions()
    .action(async (command: string[], given: Given) => {
      const name = given.name ?? `${nameOfCommand(command)}@${hostname()}`;
      process.exitCode = await runAgent({
        command,
        name,
        group: given.group,
        tags: given.tag,
        url: given.url,
        key: given.cert ? undefined : given.key,
        tls: readTls(given),
        joinToken: given.join,
        policy: given.restart,
        graceMs: given.grace,
        tellForMs: given.tellFor,
        stateFolder: given.stateDir ?? defaultStateFolder(name),
        health: given.health,
        quiet: given.quiet ?? false,
        stay: given.stay ?? false,
      });
      // A timer or socket that is left must not keep a supervisor without a program alive.
      process.exit();
    });
}
