import { randomUUID } from "node:crypto";
import { createTRPCClient, httpLink } from "@trpc/client";
import type { Command } from "commander";
import type { AppRouter } from "@/api/router";
import { exitCodes } from "@/contracts/trust/rescue";
import { freshAccessToken } from "./access";
import { Failure } from "./fail";
import { readProfile } from "./profile";
import { reachJson } from "./reach";

export const defaultUrl = "http://127.0.0.1:3000";

/** Options of every command that talks to a server. */
export type ServerOptions = { url?: string; token?: string; json?: boolean };

export function withServer(command: Command): Command {
  return withAddress(command).option("--token <token>", "API token (MC_API_TOKEN, or the profile)");
}

/** Options of a command to which no token is a credential. */
export function withAddress(command: Command): Command {
  return command
    .option("--url <url>", "address of Mission Control (MC_URL, or the profile that mc login wrote)")
    .option("--json", "print JSON for programs");
}

/** Where to: option, then environment, then the profile. Throws a `Failure` when the address is none. */
export function urlOf(options: ServerOptions): string {
  const url = (options.url ?? process.env.MC_URL ?? readProfile()?.url ?? defaultUrl).replace(/\/+$/, "");
  const parsed = URL.canParse(url) ? new URL(url) : null;
  if (!parsed || !/^https?:$/.test(parsed.protocol)) {
    // What stands before an @ may be a password, which no screen and no log is to show.
    const shown = url.replace(/^((?:[a-z]+:)?\/\/)?.*@/i, "$1");
    throw new Failure(`${shown} is no address: give one such as ${defaultUrl}.`, exitCodes.usage);
  }
  const { username, password, search, hash, origin, pathname } = parsed;
  if (username || password || search || hash) {
    const alone = (origin + pathname).replace(/\/+$/, "");
    const words = `That is more than an address: give ${alone}, and sign in by mc login or MC_API_TOKEN.`;
    throw new Failure(words, exitCodes.usage);
  }
  return url;
}

/**
 * With which credential: option, environment, or the profile's, which goes to the profile's server only. An access
 * token that is about to end is replaced first; undefined when there is no credential.
 */
export async function tokenOf(options: ServerOptions): Promise<string | undefined> {
  const given = options.token ?? process.env.MC_API_TOKEN;
  if (given !== undefined) return given || undefined;
  const profile = readProfile();
  if (profile?.url !== urlOf(options)) return undefined;
  return profile.access ? freshAccessToken(profile.url) : profile.token;
}

export type Client = ReturnType<typeof connect>;

/** The typed client. Each mutation carries a key of its own, so that a retry on the way does nothing twice. */
export function connect(options: ServerOptions) {
  const url = urlOf(options);
  return createTRPCClient<AppRouter>({
    links: [
      httpLink({
        url: `${url}/api/trpc`,
        fetch: (address, init) => reachJson(url, String(address), init as RequestInit),
        headers: async ({ op }) => {
          const token = await tokenOf(options);
          return {
            ...(token ? { Authorization: `Bearer ${token}` } : {}),
            ...(op.type === "mutation" ? { "Idempotency-Key": randomUUID() } : {}),
          };
        },
      }),
    ],
  });
}
