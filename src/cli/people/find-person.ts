import { exitCodes } from "@/contracts/trust/rescue";
import { Failure } from "../connection/fail";
import { itemsOf } from "../connection/pages";
import type { Client } from "../connection/server";

/** The person of an id, a username or an e-mail address, whatever its case. */
export async function findPerson(client: Client, idOrName: string) {
  if (/^usr_[0-9a-z]{26}$/.test(idOrName)) return client.users.get.query({ id: idOrName });
  const wanted = idOrName.toLowerCase();
  const found = await itemsOf((page) => client.users.list.query({ ...page, q: idOrName.slice(0, 100) }));
  const person = found.find(({ email, username }) =>
    [email, username].some((name) => name?.toLowerCase() === wanted),
  );
  if (person) return person;
  throw new Failure(`There is nobody with the e-mail address or username ${idOrName}.`, exitCodes.notFound);
}
