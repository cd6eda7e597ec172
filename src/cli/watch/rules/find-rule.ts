import { exitCodes } from "@/contracts/trust/rescue";
import type { Rule } from "@/contracts/watch/rule";
import { Failure } from "../../connection/fail";
import type { Client } from "../../connection/server";

/** The rule of an id or of a name, whatever its case. */
export async function findRule(client: Client, idOrName: string): Promise<Rule> {
  const { items } = await client.rules.list.query({});
  const wanted = idOrName.toLowerCase();
  const [found, another] = items.filter(({ id, name }) => id === idOrName || name.toLowerCase() === wanted);
  if (!found) throw new Failure(`There is no rule called ${idOrName}.`, exitCodes.notFound);
  if (another) throw new Failure(`Several rules are called ${idOrName}: give the id.`, exitCodes.usage);
  return found;
}
