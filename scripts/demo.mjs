import { mkdirSync, openSync, readFileSync } from "node:fs";
import { connect } from "node:net";
import { join, resolve } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { box } from "../demo/box.mjs";
import { Children } from "../demo/children.mjs";
import { fleet } from "../demo/fleet.mjs";
import { passwordsIn, people } from "../demo/people.mjs";
import { Rest } from "../demo/rest.mjs";
import { serverFlags } from "./server-flags.mjs";
import { buildIfStale } from "./start.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const port = Number(process.env.PORT ?? 3000);
const url = `http://127.0.0.1:${port}`;
const dataDir = resolve(process.env.MC_DATA_DIR ?? join(root, "data", "demo"));
const channelName = "Ops Teams (demo inbox)";
/** How long a supervisor that was killed stays away: long enough for its alert. */
const comeBackAfterMs = 60_000;
const children = new Children();
let stopping = false;

function giveUp(message) {
  console.error(`\n${message}`);
  children.killAll();
  process.exit(1);
}

/** Whether somebody listens on the port already. */
function isTaken() {
  return new Promise((answer) => {
    const socket = connect(port, "127.0.0.1");
    socket.once("connect", () => {
      socket.destroy();
      answer(true);
    });
    socket.once("error", () => answer(false));
  });
}

async function startServer(password) {
  mkdirSync(dataDir, { recursive: true });
  const logFile = join(dataDir, "server.log");
  const log = openSync(logFile, "w");
  const tail = () => readFileSync(logFile, "utf8").split("\n").slice(-25).join("\n");
  children.start(
    "server",
    [process.execPath, ...serverFlags, "--enable-source-maps", join(root, "dist", "server.mjs")],
    {
      cwd: root,
      stdio: ["ignore", log, log],
      env: {
        NODE_ENV: "production",
        PORT: String(port),
        HOST: "127.0.0.1",
        MC_URL: url,
        MC_ENV: "development",
        MC_DATA_DIR: dataDir,
        MC_OWNER_EMAIL: people[0].email,
        MC_OWNER_PASSWORD: password,
        MC_OWNER_NAME: people[0].name,
        // The demo inbox is on the loopback address, where webhooks may not go otherwise.
        MC_OUTBOUND_ALLOW: [process.env.MC_OUTBOUND_ALLOW, "127.0.0.1"].filter(Boolean).join(","),
        // So that the agent that hangs is seen to hang within a visit.
        MC_STUCK_AFTER_MS: process.env.MC_STUCK_AFTER_MS ?? "45000",
      },
      onExit: (how) => {
        if (!stopping) giveUp(`The server ended (${how}). The end of ${logFile}:\n\n${tail()}`);
      },
    },
  );
  for (const until = Date.now() + 90_000; Date.now() < until; await wait(100)) {
    const answer = await fetch(`${url}/readyz`).catch(() => null);
    if (answer?.status === 200) return;
  }
  giveUp(`The server was not ready within 90 s. The end of ${logFile}:\n\n${tail()}`);
}

/** The stand-in for Teams; answers its port. */
function startInbox() {
  return new Promise((answer) => {
    const command = [process.execPath, join(root, "demo", "teams-inbox.mjs")];
    const inbox = children.start("inbox", command, {
      env: { PORT: "0" },
      stdio: ["ignore", "pipe", "inherit"],
      onExit: (how) => {
        if (!stopping) console.error(`The demo inbox ended (${how}).`);
      },
    });
    inbox.stdout.setEncoding("utf8").on("data", (text) => {
      for (const line of text.split("\n").filter(Boolean)) {
        const listening = /^listening (\d+)$/.exec(line);
        if (listening) answer(Number(listening[1]));
        else console.log(`  Teams  ${line}`);
      }
    });
  });
}

async function ensurePeople(rest, passwords) {
  const { items } = await rest.call("GET", "/v1/users");
  const known = new Set(items.map((user) => user.email));
  for (const { key, email, name, role } of people) {
    if (!known.has(email))
      await rest.call("POST", "/v1/users", { email, name, role, password: passwords[key] });
  }
}

/** The inbox has another port at each start, so the channel's address follows. */
async function ensureChannel(rest, inboxPort) {
  const config = { url: `http://127.0.0.1:${inboxPort}/ops` };
  const { items } = await rest.call("GET", "/v1/channels");
  const known = items.find((channel) => channel.name === channelName);
  if (known) await rest.call("PATCH", `/v1/channels/${known.id}`, { config });
  else await rest.call("POST", "/v1/channels", { kind: "teams", name: channelName, config });
}

/** One `mc run` an agent. What the supervisors say of themselves goes to a file; answers their pids by name. */
async function startFleet(token) {
  const log = openSync(join(dataDir, "fleet.log"), "w");
  const pids = new Map();
  const start = (agent) => {
    const mc = [process.execPath, "--max-old-space-size=96", join(root, "dist", "mc.mjs"), "run", "--quiet"];
    const about = [
      "--name",
      agent.name,
      "--group",
      agent.group,
      ...agent.tags.flatMap((tag) => ["--tag", tag]),
    ];
    const place = ["--url", url, "--state-dir", join(dataDir, "agents", agent.name)];
    const supervisor = children.start("fleet", [...mc, ...about, ...place, "--", ...agent.command], {
      env: { MC_JOIN_TOKEN: token, MC_AGENT_KEY: "", MC_URL: url, DEMO_WORK: join(dataDir, "work") },
      stdio: ["ignore", log, log],
      onExit: (how) => {
        if (stopping) return;
        // As a service manager would: one that was killed comes back, one that ended on command stays away.
        const comesBack = how.startsWith("SIG");
        const next = comesBack ? `, starts again in ${comeBackAfterMs / 1_000} s` : "";
        console.log(`  Fleet  the supervisor of ${agent.name} ended (${how})${next}`);
        if (comesBack) setTimeout(() => !stopping && start(agent), comeBackAfterMs);
      },
    });
    pids.set(agent.name, supervisor.pid);
  };
  for (const agent of fleet) {
    start(agent);
    // Enrolling all in the same moment would only make a slow machine slower.
    await wait(40);
  }
  return pids;
}

/** Until all agents are on the board, or nearly. */
async function waitForFleet(rest) {
  for (const until = Date.now() + 30_000; Date.now() < until; await wait(250)) {
    const { items } = await rest.call("GET", "/v1/agents?limit=100");
    if (items.filter((agent) => agent.status === "online").length >= fleet.length) return;
  }
}

async function stop() {
  if (stopping) {
    children.killAll();
    process.exit(130);
  }
  stopping = true;
  console.log("\nStopping: agents, then the server. Ctrl-C again ends all at once.");
  await children.end("fleet");
  await children.end("server");
  await children.end("inbox");
  console.log("All stopped. The demo's data stays in place for the next start.");
  process.exit(0);
}

buildIfStale();
if (await isTaken()) {
  giveUp(
    `Port ${port} is taken by another program. Stop that one, or choose another: PORT=3100 npm run demo`,
  );
}
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => void stop());

try {
  const passwords = passwordsIn(dataDir);
  console.log("Starting the server with its own PostgreSQL …");
  await startServer(passwords.owner);
  const rest = new Rest(url);
  await rest.signIn(people[0].email, passwords.owner);
  await ensurePeople(rest, passwords);
  const inboxPort = await startInbox();
  await ensureChannel(rest, inboxPort);
  console.log(`Starting ${fleet.length} agents …`);
  const enrolment = { uses: fleet.length + 20, expiresInMinutes: 24 * 60 };
  const { token } = await rest.call("POST", "/v1/join-tokens", enrolment);
  const pids = await startFleet(token);
  await waitForFleet(rest);
  console.log(
    box([
      `Mission Control   ${url}`,
      "",
      ...people.map(({ key, email, role }) => `${email.padEnd(22)}${passwords[key].padEnd(26)}${role}`),
      "",
      `Teams inbox       http://127.0.0.1:${inboxPort}`,
      "",
      "Try this:",
      "· sign in as Demo and, in a private window, as Jonas; restart ledger-reconcile",
      `· end a supervisor:  kill -9 ${pids.get("nightly-export")}   (nightly-export) and watch the inbox; it comes back after a minute`,
      "· sign in as Vera: she sees all and may change nothing",
      "· make a program of yours an agent, from another terminal:",
      `    npx mc run --url ${url} --join ${token} -- ping 127.0.0.1`,
      "",
      "Ctrl-C stops all of it. The data stays; the next start goes on with it.",
    ]),
  );
} catch (error) {
  if (!stopping) giveUp(`The demo could not be started: ${error.message}`);
}
