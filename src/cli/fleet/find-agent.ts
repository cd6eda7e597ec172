import { exitCodes } from "@/contracts/trust/rescue";
import { Failure } from "../connection/fail";
import type { Client } from "../connection/server";

/** The agent of an id or of a name, whatever its case. */
export async function findAgent(client: Client, idOrName: string) {
  if (/^agt_[0-9a-z]{26}$/.test(idOrName)) return client.agents.get.query({ id: idOrName });
  const wanted = idOrName.toLowerCase();
  let cursor: string | undefined;
  do {
    const page = await client.agents.list.query({ q: idOrName, limit: 500, ...(cursor ? { cursor } : {}) });
    const found = page.items.find((agent) => agent.name.toLowerCase() === wanted);
    if (found) return found;
    cursor = page.nextCursor ?? undefined;
  } while (cursor);
  throw new Failure(`There is no agent called ${idOrName}.`, exitCodes.notFound);
}
