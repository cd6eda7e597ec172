import { mkdtemp, rm } from "node:fs/promises";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { mountApi } from "@/api/http";
import type { Role } from "@/contracts/people/role";
import { accounts, users } from "@/db/schema";
import { BoardFeed } from "@/domain/fleet/board/feed";
import { createAgentCommands } from "@/domain/fleet/commands/agent-commands";
import { findAgentByKey } from "@/domain/fleet/keys/find-agent-by-key";
import { AgentDoor } from "@/domain/fleet/presence/door";
import { mainAccount, systemCtx } from "@/domain/kernel";
import { type Authenticate, createAuthenticator, Visits } from "@/domain/people/sessions";
import { openSso } from "@/domain/people/sso";
import { createToken } from "@/domain/people/tokens";
import type { Runtime } from "@/domain/runtime";
import { readEnv } from "@/platform/env";
import { createMailer } from "@/platform/mail";
import { createOut } from "@/platform/out";
import { createListener } from "@/platform/web/listener";
import { startStamper } from "@/workers/kernel/stamp";
import { type TestGround, testGround } from "./ground";

export type ApiAnswer = { status: number; headers: Headers; text: string; body: Record<string, unknown> };
export type ApiRequest = {
  bearer?: string;
  cookie?: string;
  body?: unknown;
  headers?: Record<string, string>;
};

export type ApiServerOptions = {
  /** What is asked before the API; answers whether the request was its. */
  answerFirst?: (request: IncomingMessage, response: ServerResponse) => boolean;
  /** Settings beside the address and the data folder, as in the environment. */
  settings?: Record<string, string>;
  /** Parts in place of the usual ones, such as a clock that does not wait or a log that is read. */
  over?: Parameters<typeof testGround>[0];
};

export type ApiServer = {
  ground: TestGround;
  runtime: Runtime;
  url: string;
  /** For sockets beside the API. */
  http: Server;
  authenticate: Authenticate;
  /** `path` from the root, such as `/v1/agents`. A body that is text goes as it is, anything else as JSON. */
  request(method: string, path: string, request?: ApiRequest): Promise<ApiAnswer>;
  /** A user of a role, and an API token of that user. */
  person(role: Role, account?: string): Promise<{ id: string; token: string }>;
  stop(): Promise<void>;
};

/** The whole API over real HTTP, a real database and a running stamper, on a free port of the loopback. */
export async function startApiServer({
  answerFirst = () => false,
  settings = {},
  over = {},
}: ApiServerOptions = {}): Promise<ApiServer> {
  const ground = await testGround(over);
  const dataDir = await mkdtemp(join(tmpdir(), "mc-api-"));
  const http = createListener({ tlsCert: undefined, tlsKey: undefined });
  await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve));
  const address = http.address();
  if (!address || typeof address === "string") throw new Error("the test server has no port");
  const url = `http://127.0.0.1:${address.port}`;
  const own = { MC_URL: url, MC_DATA_DIR: dataDir, MC_TRUSTED_PROXIES: "127.0.0.1" };
  const env = readEnv({ ...own, ...settings });

  const stamper = startStamper(ground);
  const door = new AgentDoor(ground, { outsideAuthority: env.agentCa !== undefined });
  const commands = createAgentCommands(ground);
  const feed = await BoardFeed.start(ground);
  const out = createOut({ allow: env.outboundAllow, clock: ground.clock, log: ground.log });
  const mailer = createMailer({ ...env, clock: ground.clock, log: ground.log, timeoutMs: 2_000 });
  const sso = openSso(env, ground);
  const authenticate = createAuthenticator(ground, {
    url: env.url,
    findAgent: (keyHash, from) => findAgentByKey(ground, keyHash, from),
  });
  const visits = new Visits(ground, authenticate);
  const parts = { env, instanceId: "test", feed, door, commands, out, mailer, sso, visits };
  const runtime: Runtime = { ...ground, ...parts };
  const answerApi = mountApi({ runtime, authenticate });
  http.on("request", (req, res) => {
    if (!answerFirst(req, res) && !answerApi(req, res)) res.writeHead(418).end();
  });

  return {
    ground,
    runtime,
    url,
    http,
    authenticate,
    async request(method, path, { bearer, cookie, body, headers = {} } = {}) {
      const answer = await fetch(url + path, {
        method,
        headers: {
          ...(body === undefined ? {} : { "Content-Type": "application/json" }),
          ...(bearer ? { Authorization: `Bearer ${bearer}` } : {}),
          ...(cookie ? { Cookie: cookie } : {}),
          ...headers,
        },
        ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
      });
      const text = await answer.text();
      const isJson = answer.headers.get("Content-Type")?.startsWith("application/json");
      return { status: answer.status, headers: answer.headers, text, body: isJson ? JSON.parse(text) : {} };
    },
    async person(role, account = mainAccount) {
      const now = ground.clock.now();
      await ground.db.orm
        .insert(accounts)
        .values({ id: account, name: account, createdAt: now })
        .onConflictDoNothing();
      const id = ground.ids.id("usr");
      const user = { id, accountId: account, email: `${id}@example.com`, name: `Test ${role}`, role };
      await ground.db.orm.insert(users).values({ ...user, createdAt: now });
      const actor = { kind: "user" as const, id, name: user.name };
      const { token } = await createToken(
        { ...systemCtx(ground, account), actor, role },
        { name: `of ${role}`, role },
      );
      return { id, token };
    },
    async stop() {
      http.closeAllConnections();
      http.close();
      feed.stop();
      await commands.stop();
      await door.stop();
      out.close();
      await mailer.close();
      sso?.close();
      await stamper.stop();
      await ground.bus.close();
      await ground.db.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
