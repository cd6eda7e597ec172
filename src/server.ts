import { resolve } from "node:path";
import next from "next";
import { Server as SocketServer } from "socket.io";
import { mountApi } from "@/api/http";
import type { Topics } from "@/contracts/signals";
import { maxAgentMessageBytes } from "@/contracts/wire/agent";
import { connect } from "@/db/client";
import { startEmbedded } from "@/db/embedded";
import { migrateDatabase } from "@/db/migrate";
import { BoardFeed } from "@/domain/fleet/board/feed";
import { listenerCredentials } from "@/domain/fleet/certificates";
import { createAgentCommands } from "@/domain/fleet/commands/agent-commands";
import { findAgentByKey } from "@/domain/fleet/keys/find-agent-by-key";
import { AgentDoor } from "@/domain/fleet/presence/door";
import type { Ground } from "@/domain/kernel";
import { createAuthenticator, isSameOrigin, sessionCookies, Visits } from "@/domain/people/sessions";
import { ensureOwner, prepareSetup } from "@/domain/people/setup";
import { openSso } from "@/domain/people/sso";
import type { Runtime } from "@/domain/runtime";
import { ensureInboxes } from "@/domain/watch/channels";
import { followLags } from "@/domain/watch/dead-man";
import { RuleLineWatch } from "@/domain/watch/observe/line-watch";
import { ensureDefaultRules } from "@/domain/watch/rules";
import { ensureDefaultPolicies } from "@/domain/watch/telling/policy";
import { startOwnGauges } from "@/domain/watch/turns";
import { mountAgentGateway, openAgentTlsPort } from "@/gateway/agents";
import { mountBrowserGateway } from "@/gateway/browsers";
import { memoryBus, redisBus } from "@/platform/bus";
import { systemClock } from "@/platform/clock";
import { sealer } from "@/platform/crypto";
import { EnvError, envWarnings, fileFaults, loadPreviousSecrets, loadSecret, readEnv } from "@/platform/env";
import { watchHealth } from "@/platform/health";
import { systemIds } from "@/platform/ids";
import { holdLease } from "@/platform/lease";
import { memoryLimits, redisLimits } from "@/platform/limits";
import { createLog } from "@/platform/log";
import { createMailer } from "@/platform/mail";
import { collectProcessMetrics } from "@/platform/metrics";
import { keepNativeGlobals } from "@/platform/native-globals";
import { createOut } from "@/platform/out";
import { setRuntime } from "@/platform/runtime";
import { scrubText } from "@/platform/scrub";
import { createShutdown } from "@/platform/shutdown";
import { answerBounce } from "@/platform/web/bounce";
import { cameInTheClear } from "@/platform/web/client-address";
import { openForNonce, setSecurityHeaders } from "@/platform/web/headers";
import { createListener, drain, followCertificate, listen } from "@/platform/web/listener";
import { answerProbe } from "@/platform/web/probes";
import { createRedirectToHttps, redirectToHttps } from "@/platform/web/redirect-to-https";
import { createStaticFiles } from "@/platform/web/static-files";
import { type Duty, wordsOfDuties } from "@/workers/duties";
import { startExpirer } from "@/workers/fleet/expire";
import { startRetention } from "@/workers/fleet/retain";
import { createSweeper } from "@/workers/fleet/sweep";
import { startExpiryNotices } from "@/workers/fleet/tell-expiring";
import { startStamper } from "@/workers/kernel/stamp";
import { startSsoRenewal } from "@/workers/people/renew-sso";
import { startSecurityLetters } from "@/workers/people/tell-security";
import { startDeliverer } from "@/workers/watch/deliver";
import { startEvaluator } from "@/workers/watch/evaluate";
import { startNotifier } from "@/workers/watch/notify";
import { startDeadManPing } from "@/workers/watch/ping";
import { startMutedTeller } from "@/workers/watch/tell-muted";

/**
 * Composition root: builds the runtime once, mounts everything on one HTTP server, and stops it in reverse order.
 * Requests meet probes, Socket.IO, the API and last Next, which only draws pages.
 */
async function main(): Promise<void> {
  const env = readEnv();
  const unusable = fileFaults(env);
  if (unusable.length > 0) throw new EnvError(unusable);
  const log = createLog(env.logLevel);
  for (const warning of envWarnings(env)) log.warn(warning);
  const shutdown = createShutdown(log);
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    process.once(signal, () => void shutdown.run().then(() => process.exit(0)));
  }

  const databaseUrl = env.databaseUrl ?? (await embeddedUrl());
  await migrateDatabase(databaseUrl, { log });
  const db = connect(databaseUrl, { max: 20, log });
  shutdown.add("database", () => db.close());

  const instanceId = systemIds.id("ins");
  const bus = env.redisUrl
    ? redisBus<Topics>(env.redisUrl, { prefix: "mc", instanceId, log })
    : memoryBus<Topics>({ instanceId, log });
  shutdown.add("bus", () => bus.close());

  const ground: Ground = {
    db,
    bus,
    clock: systemClock,
    ids: systemIds,
    log,
    sealer: sealer(loadSecret(env), ...loadPreviousSecrets(env)),
    signIn: env.signIn,
    ...(env.stuckAfterMs ? { stuckAfterMs: env.stuckAfterMs } : {}),
  };
  await db.sql`select mc_ensure_partitions(now())`;
  await ensureOwner(ground, env);
  await ensureInboxes(ground);
  await ensureDefaultRules(ground);
  await ensureDefaultPolicies(ground);

  const lineWatch = new RuleLineWatch(ground);
  shutdown.add("log rules", () => lineWatch.stop());
  const door = new AgentDoor(ground, {
    lineWatch,
    ...(env.beatMs ? { beatMs: env.beatMs } : {}),
    ...(env.silentAfterMs ? { silentAfterMs: env.silentAfterMs } : {}),
    outsideAuthority: env.agentCa !== undefined,
    ...(env.stuckAfterMs ? { stuckAfterMs: env.stuckAfterMs } : {}),
  });
  shutdown.add("agents' door", () => door.stop());
  const commands = createAgentCommands(ground);
  shutdown.add("commands", () => commands.stop());
  const feed = await BoardFeed.start(ground, env.silentAfterMs ? { silentAfterMs: env.silentAfterMs } : {});
  shutdown.add("board", async () => feed.stop());
  const mutedTeller = startMutedTeller(ground, feed);
  shutdown.add("muted alerts", () => mutedTeller.stop());
  const out = createOut({ allow: env.outboundAllow, clock: ground.clock, log });
  shutdown.add("requests to the outside", async () => out.close());
  const mailer = createMailer({ ...env, clock: ground.clock, log });
  shutdown.add("mail", () => mailer.close());
  const sweeper = createSweeper(ground, door, env.blindGraceMs ? { graceMs: env.blindGraceMs } : {});
  const work: Partial<Record<Duty, () => { stop(): Promise<void> }>> = {
    stamp: () => startStamper(ground),
    sweep: () => sweeper.start(),
    expire: () => startExpirer(ground),
    retain: () => startRetention(ground),
    certificates: () => startExpiryNotices(ground),
    rules: () => startEvaluator(ground),
    notify: () => startNotifier(ground),
    deliver: () => startDeliverer(ground, { out, mailer, consoleUrl: env.url }),
    ping: () => startDeadManPing(ground, out, env.lagLimits),
  };
  if (mailer.on) work.letters = () => startSecurityLetters(ground, { mailer, consoleUrl: env.url });
  const sso = openSso(env, ground);
  if (sso) {
    shutdown.add("single sign-on", async () => sso.close());
    work.sso = () => startSsoRenewal(ground, sso);
  }
  const health = watchHealth({ sql: db.sql, bus, clock: ground.clock, duties: wordsOfDuties(work) });
  shutdown.add("health", async () => health.stop());
  const lags = followLags(ground, env.lagLimits);
  shutdown.add("lags of watching and telling", () => lags.stop());
  const ownGauges = startOwnGauges(ground, {
    instanceId,
    dataDir: env.databaseUrl ? null : resolve(env.dataDir),
  });
  shutdown.add("own gauges", () => ownGauges.stop());

  const authenticate = createAuthenticator(ground, {
    url: env.url,
    apiToken: env.apiToken,
    findAgent: (keyHash, from) => findAgentByKey(ground, keyHash, from),
  });
  const visits = new Visits(ground, authenticate);
  const runtime: Runtime = { ...ground, env, instanceId, feed, door, commands, out, mailer, sso, visits };
  setRuntime(runtime);
  collectProcessMetrics();

  const secure = env.url.startsWith("https:");
  const limits = env.redisUrl ? redisLimits(env.redisUrl, { prefix: "mc", log }) : memoryLimits();
  shutdown.add("limits", async () => limits.close());
  const answerApi = mountApi({ runtime, authenticate, limits });

  const server = createListener(env);
  const dev = process.env.NODE_ENV !== "production";
  const pages = next({
    dev,
    dir: resolve("."),
    hostname: env.host,
    port: env.port,
    httpServer: server,
    quiet: !dev,
  });
  await keepNativeGlobals(() => pages.prepare());
  const drawPage = pages.getRequestHandler();
  const sessionCookie = sessionCookies(ground, env.url).name;
  const { trustedProxies } = env;
  const probes = { health: health.state, lags: lags.state, metricsToken: env.apiToken, trustedProxies };
  const sendToHttps = redirectToHttps(env.url);
  const sendStatic = dev ? () => false : createStaticFiles(resolve(".next/static"));

  server.on("request", (request, response) => {
    setSecurityHeaders(response, { secure, dev });
    if (answerProbe(request, response, probes)) return;
    if (secure && cameInTheClear(request, trustedProxies)) return sendToHttps(request, response);
    if (answerApi(request, response)) return;
    if (sendStatic(request, response)) return;
    const nonce = openForNonce(request, response, { secure, dev });
    if (answerBounce(request, response, { sessionCookie, nonce })) return;
    void visits.draw(request, response, () => drawPage(request, response));
  });
  const io = new SocketServer(server, {
    serveClient: false,
    // Else an upgrade that nobody answers keeps its socket for ever. In development Next answers some.
    destroyUpgrade: !dev,
    maxHttpBufferSize: maxAgentMessageBytes,
    // Compression costs three times the CPU of a frame and, merely enabled, the pre-encoded path of room emits.
    perMessageDeflate: false,
    pingInterval: 10_000,
    pingTimeout: 10_000,
  });
  const agents = mountAgentGateway({ io, ground, door, commands, trustedProxies: env.trustedProxies });
  const browsers = mountBrowserGateway({
    io,
    ground,
    feed,
    authenticate,
    sameOrigin: (headers) => isSameOrigin(headers, env.url),
    health,
  });

  const port = await listen(server, env.port, env.host);
  // Next in production adds an upgrade listener only in development, so sockets are Socket.IO's alone.
  shutdown.add("http", () => drain(server));
  const forget = followCertificate(server, env, log);
  shutdown.add("certificate files", async () => forget());
  if (env.httpRedirectPort !== undefined) {
    const redirect = createRedirectToHttps(env.url);
    await listen(redirect, env.httpRedirectPort, env.host, "MC_HTTP_REDIRECT_PORT");
    shutdown.add("redirect to https", () => drain(redirect));
  }
  shutdown.add("sockets", async () => {
    await agents.stop();
    await browsers.stop();
    io.engine.close();
  });

  if (env.agentTlsPort !== undefined) {
    const credentials = await listenerCredentials(ground, env);
    const tlsPort = await openAgentTlsPort({
      ground,
      port: env.agentTlsPort,
      host: env.host,
      credentials,
      gateway: agents,
      answerApi,
    });
    shutdown.add("agents' TLS port", () => tlsPort.stop());
  }

  for (const [name, start] of Object.entries(work)) runUnderLease(name, start);

  const setupCode = await prepareSetup(ground, env.dataDir);
  announce(env.port === port ? env.url : `http://${env.host}:${port}`, setupCode);

  async function embeddedUrl(): Promise<string> {
    const embedded = await startEmbedded({ dataDir: resolve(env.dataDir), log });
    shutdown.add("embedded database", () => embedded.stop());
    return embedded.url;
  }

  function runUnderLease(name: string, start: () => { stop(): Promise<void> }): void {
    let running: { stop(): Promise<void> } | null = null;
    const lease = holdLease({
      sql: db.sql,
      clock: ground.clock,
      log,
      name,
      holder: instanceId,
      onGained: () => {
        running = start();
      },
      onLost: async () => {
        // Forgotten first: the lease may be gained anew while the old part still ends.
        const ending = running;
        running = null;
        await ending?.stop();
      },
    });
    shutdown.add(`lease ${name}`, () => lease.stop());
  }
}

function announce(url: string, setupCode: string | null): void {
  const lines = ["", `  Mission Control runs at ${url}`];
  if (setupCode)
    lines.push(
      "",
      `  No owner yet. Open ${url}/setup and enter this one-time code:`,
      "",
      `      ${setupCode}`,
    );
  process.stdout.write(`${lines.join("\n")}\n\n`);
}

main().catch((error: unknown) => {
  // Not by the log, which may not be there yet, but scrubbed like it: addresses of databases hold passwords.
  const text =
    error instanceof EnvError
      ? error.message
      : scrubText(error instanceof Error ? (error.stack ?? error.message) : String(error));
  process.stderr.write(`${text}\n`);
  process.exit(1);
});
