import { closeSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { createdAgentSchema } from "@/contracts/fleet/agent";
import { errorBodySchema } from "@/contracts/kernel/errors";
import { replaceDurably } from "./durable-file";

const storedSchema = z.object({ url: z.string(), agentId: z.string(), name: z.string(), key: z.string() });
export type StoredKey = z.infer<typeof storedSchema>;
const joinedSchema = createdAgentSchema.pick({ id: true, name: true, key: true });

const keyFile = (folder: string) => join(folder, "key.json");

/** The key that this agent got from this server before. */
export function storedKey(folder: string, url: string): StoredKey | undefined {
  try {
    const stored = storedSchema.parse(JSON.parse(readFileSync(keyFile(folder), "utf8")));
    return stored.url === url ? stored : undefined;
  } catch {
    return undefined;
  }
}

/** Why it can't be kept; null when it is. */
function keep(stored: StoredKey, folder: string): string | null {
  try {
    closeSync(replaceDurably(keyFile(folder), JSON.stringify(stored)));
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

export type Enrolment =
  /** `notKept`: why the key is not in the state folder. It is good all the same. */
  | { outcome: "joined"; key: string; name: string; notKept: string | null }
  | { outcome: "refused"; message: string }
  | { outcome: "unreachable"; message: string };

/** Asks for a key of its own with a join token, and keeps it (mode 0600) for the next start. */
export async function enrol(
  server: { url: string; token: string },
  agent: { name: string; group?: string | undefined; tags: string[] },
  folder: string,
): Promise<Enrolment> {
  let response: Response;
  try {
    response = await fetch(new URL("/v1/agent/join", server.url), {
      method: "POST",
      headers: { authorization: `Bearer ${server.token}`, "content-type": "application/json" },
      body: JSON.stringify({ name: agent.name, group: agent.group, tags: agent.tags }),
      signal: AbortSignal.timeout(15_000),
    });
  } catch (error) {
    return { outcome: "unreachable", message: error instanceof Error ? error.message : String(error) };
  }
  const body: unknown = await response.json().catch(() => null);
  const joined = response.ok ? joinedSchema.safeParse(body) : undefined;
  if (joined?.success) {
    const { id, name, key } = joined.data;
    const stored: StoredKey = { url: server.url, agentId: id, name, key };
    return { outcome: "joined", key, name, notKept: keep(stored, folder) };
  }
  const told = errorBodySchema.safeParse(body);
  const message = told.success ? told.data.error.message : `the server answered ${response.status}`;
  const forNow = response.status >= 500 || response.status === 429;
  return { outcome: forNow ? "unreachable" : "refused", message };
}
