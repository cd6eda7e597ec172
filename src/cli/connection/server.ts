import { randomUUID } from "node:crypto";
import { createTRPCClient, httpLink } from "@trpc/client";
import type { Command } from "commander";
import type { AppRouter } from "@/api/router";
import { exitCodes } from "@/contracts/trust/rescue";
import { Failure } from "./fail";
import { readProfile } from "./profile";

export const defaultUrl = "http://127.0.0.1:3000";

/** Options of every command that talks to a server. */
export type ServerOptions = { url?: string; token?: string; json?: boolean };

export function withServer(command: Command): Command {
  return command
    .option("--url <url>", "address of Mission Control (MC_URL, or the profile that mc login wrote)")
    .option("--token <token>", "API token (MC_API_TOKEN, or the profile)")
    .option("--json", "print JSON for programs");
}

/**
 * Where to and with which credential: options, then environment, then the profile. The profile's token goes to the
 * profile's server only. Throws a `Failure` when the address is none.
 */
export function serverOf(options: ServerOptions): { url: string; token: string | undefined } {
  const profile = readProfile();
  const url = (options.url ?? process.env.MC_URL ?? profile?.url ?? defaultUrl).replace(/\/+$/, "");
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol))
    throw new Failure(`${url} is no address: give one such as ${defaultUrl}.`, exitCodes.usage);
  const token =
    options.token ?? process.env.MC_API_TOKEN ?? (profile?.url === url ? profile.token : undefined);
  return { url, token: token || undefined };
}

export type Client = ReturnType<typeof connect>;

/** The typed client. Each mutation carries a key of its own, so that a retry on the way does nothing twice. */
export function connect(options: ServerOptions) {
  const { url, token } = serverOf(options);
  return createTRPCClient<AppRouter>({
    links: [
      httpLink({
        url: `${url}/api/trpc`,
        headers: ({ op }) => ({
          ...(token ? { Authorization: `Bearer ${token}` } : {}),
          ...(op.type === "mutation" ? { "Idempotency-Key": randomUUID() } : {}),
        }),
      }),
    ],
  });
}
