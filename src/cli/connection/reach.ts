import { exitCodes } from "@/contracts/trust/rescue";
import { Failure } from "./fail";
import { faultWords, strangerWords } from "./fault-words";

/** Longer than anything that the server does for one call; Node never tells of some connections that they broke. */
const patienceMs = 120_000;

/** Asks an address of the server at `url`. Throws a `Failure` when nobody answers, or somebody who leads elsewhere. */
export async function reach(url: string, address: string | URL, init?: RequestInit): Promise<Response> {
  const patience = AbortSignal.timeout(patienceMs);
  const signal = init?.signal ? AbortSignal.any([init.signal, patience]) : patience;
  const answer = await fetch(address, { ...init, signal }).catch((error: unknown) => {
    throw new Failure(faultWords(url, error));
  });
  const { origin } = new URL(answer.url);
  // The credential stays behind on the way to another origin, so that it would look as if it were refused.
  if (answer.redirected && origin !== new URL(url).origin)
    throw new Failure(`${url} leads on to ${origin}; give that as --url.`, exitCodes.usage);
  return answer;
}

/** The same for what is answered in JSON always. Who answers something else is not Mission Control. */
export async function reachJson(url: string, address: string | URL, init?: RequestInit): Promise<Response> {
  const answer = await reach(url, address, init);
  if (answer.headers.get("Content-Type")?.startsWith("application/json")) return answer;
  throw new Failure(strangerWords(url, answer.status));
}
