import { exitCodes } from "@/contracts/trust/rescue";
import { Failure } from "./fail";
import { faultWords, strangerWords } from "./fault-words";

/** Longer than anything that the server does for one call; Node never tells of some connections that they broke. */
const patienceMs = 120_000;

/** Asks an address of the server at `url`. Throws a `Failure` when nobody answers, or somebody who leads elsewhere. */
export async function reach(url: string, address: string | URL, init?: RequestInit): Promise<Response> {
  const patience = AbortSignal.timeout(patienceMs);
  const signal = init?.signal ? AbortSignal.any([init.signal, patience]) : patience;
  // Nothing is sent on: what is asked carries passwords and codes, and the server itself leads nobody on.
  const answer = await fetch(address, { ...init, signal, redirect: "manual" }).catch((error: unknown) => {
    throw new Failure(faultWords(url, error));
  });
  const onward = onwardOf(answer, address);
  if (onward !== undefined && onward !== new URL(url).origin)
    throw new Failure(`${url} leads on to ${onward}; give that as --url.`, exitCodes.usage);
  return answer;
}

function onwardOf({ status, headers }: Response, address: string | URL): string | undefined {
  const location = status >= 300 && status < 400 ? headers.get("Location") : null;
  return location !== null && URL.canParse(location, address) ? new URL(location, address).origin : undefined;
}

/** The same for what is answered in JSON always. Who answers something else is not Mission Control. */
export async function reachJson(url: string, address: string | URL, init?: RequestInit): Promise<Response> {
  const answer = await reach(url, address, init);
  if (answer.headers.get("Content-Type")?.startsWith("application/json")) return answer;
  throw new Failure(strangerWords(url, answer.status));
}
