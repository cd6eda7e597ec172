import { exitCodes } from "@/contracts/trust/rescue";
import { Failure } from "../connection/fail";
import { type Client, connect, type ServerOptions, tokenOf } from "../connection/server";

/**
 * The client of whoever is signed in. An API token is nobody's sign-in and no person: it would find nothing of one's
 * own, and end nothing, without a word.
 */
export async function asPerson(server: ServerOptions): Promise<Client> {
  if ((await tokenOf(server))?.startsWith("mct_")) {
    throw new Failure(
      "This is an API token, such as mc login --email makes: it is signed in nowhere. To be let in as you, run mc login without --email, MC_API_TOKEN and --token.",
      exitCodes.notAuthorised,
    );
  }
  return connect(server);
}
