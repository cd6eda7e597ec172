import { randomBytes } from "node:crypto";
import { type ServerProcess, startServerProcess, testOwner } from "@/testing/server-process";

/** One of all servers of a run: what one sealed in the database, the next one opens. */
const secret = randomBytes(32).toString("base64url");

/** The built product in a process of its own, with a person's session. */
export type Product = ServerProcess & { cookie: string };

/** Silence means nothing while windows of other servers are measured: the fleet pauses then. */
export const patient = { MC_SILENT_AFTER_MS: "3600000" };

export async function startProduct(databaseUrl: string, env: Record<string, string> = {}): Promise<Product> {
  const server = await startServerProcess({
    DATABASE_URL: databaseUrl,
    MC_SECRET: secret,
    LOG_LEVEL: "warn",
    ...env,
  });
  return Object.assign(server, { cookie: await login(server.url) });
}

/** Signs in as a person does; the cookie then opens sockets and REST. */
async function login(url: string): Promise<string> {
  const answer = await fetch(`${url}/v1/auth/login`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ identifier: testOwner.email, password: testOwner.password }),
  });
  const cookie = answer.headers.get("set-cookie")?.split(";")[0];
  if (!answer.ok || !cookie) throw new Error(`Login failed: ${answer.status} ${await answer.text()}`);
  return cookie;
}
