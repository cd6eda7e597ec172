import { exitCodes } from "@/contracts/trust/rescue";
import { Failure } from "../../connection/fail";
import type { Client } from "../../connection/server";

/** Whom `me`, `nobody`, a name or an id means; null: nobody. */
export async function findAssignee(client: Client, who: string): Promise<string | null> {
  if (who === "nobody") return null;
  if (who === "me") {
    const { user } = await client.auth.status.query({});
    if (user) return user.id;
    throw new Failure("This credential belongs to no person, so nothing can be assigned to it.");
  }
  const { items } = await client.alerts.assignees.query({});
  const wanted = who.toLowerCase();
  const found = items.filter(({ id, name }) => id === who || name.toLowerCase() === wanted);
  if (found.length > 1) {
    throw new Failure(
      `There are several called ${who}. Give an id: ${found.map(({ id }) => id).join(", ")}.`,
    );
  }
  if (found[0]) return found[0].id;
  throw new Failure(`There is nobody called ${who} who may act on alerts.`, exitCodes.notFound);
}
