import { exitCodes } from "@/contracts/trust/rescue";
import { Failure } from "../connection/fail";
import type { Client } from "../connection/server";
import { allPages } from "./all-pages";

/** The person of an id or of an e-mail address, whatever its case. */
export async function findPerson(client: Client, idOrEmail: string) {
  if (/^usr_[0-9a-z]{26}$/.test(idOrEmail)) return client.users.get.query({ id: idOrEmail });
  const wanted = idOrEmail.toLowerCase();
  const found = await allPages((page) => client.users.list.query({ ...page, q: idOrEmail.slice(0, 100) }));
  const person = found.find(({ email }) => email.toLowerCase() === wanted);
  if (person) return person;
  throw new Failure(`There is nobody with the e-mail address ${idOrEmail}.`, exitCodes.notFound);
}
