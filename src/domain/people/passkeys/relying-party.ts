import { isIP } from "node:net";
import { conflict } from "@/domain/kernel";

/** For whom passkeys are made: the domain that they are bound to, and the only page that may ask for them. */
export type RelyingParty = { id: string; origin: string };

export const partyName = "Mission Control";

/** The party of our public origin. Browsers keep passkeys for names only, and only behind https or on localhost. */
export function relyingPartyOf(url: string): RelyingParty {
  const { hostname, origin, protocol } = new URL(url);
  const isLocal = hostname === "localhost" || hostname.endsWith(".localhost");
  if (isIP(hostname.replace(/^\[|\]$/g, "")) !== 0) {
    throw conflict(
      `Passkeys belong to a name, and this console is reached by the address ${hostname}. Set MC_URL to its name, such as https://control.example.com, and open it there.`,
    );
  }
  if (protocol !== "https:" && !isLocal) {
    throw conflict(
      "Passkeys need https, and this console is reached without it. Set MC_URL to an https address and open it there.",
    );
  }
  return { id: hostname, origin };
}
