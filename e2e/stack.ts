import { randomBytes } from "node:crypto";
import { test as base, expect, type Page } from "@playwright/test";
import { testDatabase } from "@/testing/database";
import { type ServerProcess, startServerProcess } from "@/testing/server-process";
import { type AgentProcess, startAgent } from "./agent-process";
import { Api } from "./api";

export type Stack = {
  databaseUrl: string;
  /** Changes a fact behind the database's back, as somebody with full rights over it could. */
  tamper(seq: number): Promise<void>;
  server: ServerProcess;
  /** MC_SECRET of the server, as hex: what it would have sealed yesterday can be sealed by a story. */
  secret: string;
  url: string;
  owner: Api;
  agent(name: string, options?: Parameters<typeof startAgent>[3]): Promise<AgentProcess>;
  /** Makes a person, signs this page in as them and opens a path of the console. Answers a session of their own. */
  signIn(
    page: Page,
    person: { name: string; role: "admin" | "operator" | "viewer" },
    path?: string,
  ): Promise<Api>;
};

const personPassword = "Battery-Staple-77-Horse";

/**
 * A server with a database of its own for each story, and the agents that it starts. Each spec file names its story:
 * another value of a worker's option makes Playwright start another worker, and with it another stack.
 */
export const test = base.extend<object, { stack: Stack; story: string; host: string }>({
  story: ["", { scope: "worker", option: true }],
  host: ["127.0.0.1", { scope: "worker", option: true }],
  stack: [
    async ({ story, host }, use) => {
      if (story === "") throw new Error("Name the story of this spec file: test.use({ story: … }).");
      const database = await testDatabase();
      const secret = randomBytes(32).toString("hex");
      const server = await startServerProcess(
        { DATABASE_URL: database.url, MC_SECRET: secret, MC_BEAT_MS: "500", MC_SILENT_AFTER_MS: "3000" },
        host,
      );
      const owner = await Api.login(server.url);
      const agents: AgentProcess[] = [];
      const people = new Set<string>();
      await use({
        databaseUrl: database.url,
        tamper: (seq) =>
          database.sql.begin(async (sql) => {
            await sql`set local session_replication_role = replica`;
            await sql`update facts set reason = 'nothing happened' where seq = ${seq}`;
          }),
        server,
        secret,
        url: server.url,
        owner,
        agent: async (name, options) => {
          const agent = await startAgent(server.url, owner, name, options);
          agents.push(agent);
          return agent;
        },
        signIn: async (page, person, path = "/") => {
          const email = `${person.name.toLowerCase()}@example.test`;
          if (!people.has(email)) {
            await owner.call("POST", "/v1/users", {
              email,
              name: person.name,
              role: person.role,
              password: personPassword,
            });
            people.add(email);
          }
          // By REST: the form has stories of its own, the others need not draw it each time.
          const answer = await page.context().request.post(`${server.url}/v1/auth/login`, {
            headers: { origin: server.url },
            data: { identifier: email, password: personPassword },
          });
          expect(answer.status(), await answer.text()).toBe(200);
          const opened = await page.goto(`${server.url}${path}`);
          expect(opened?.url()).toBe(`${server.url}${path}`);
          return Api.login(server.url, { email, password: personPassword });
        },
      });
      for (const agent of agents) await agent.stop();
      await server.close();
      await database.close();
    },
    { scope: "worker" },
  ],
});

export { expect } from "@playwright/test";
