import type { Clock } from "@/platform/clock";
import type { Env } from "@/platform/env";
import type { Log } from "@/platform/log";
import { createOut } from "@/platform/out";
import { createDiscovery, type Discovery, type Patience } from "./discovery";
import { createIdTokenCheck, type IdToken } from "./id-token";
import { createOutside, type Outside } from "./outside";
import { type SsoSettings, ssoSettings } from "./settings";

/** The identity provider as it was set up: its document, its tokens' check, and the way to it. */
export type Sso = {
  settings: SsoSettings;
  outside: Outside;
  discover(patience?: Patience): Promise<Discovery>;
  /** `nonce` null: the token was not asked for by a browser's sign-in. */
  check(discovery: Discovery, idToken: string, nonce: string | null): Promise<IdToken>;
  close(): void;
};

/** The issuer's own host may be reached even in a private network, by single sign-on alone and not by webhooks. */
export function createSso(
  settings: SsoSettings,
  { clock, log }: { clock: Clock; log: Log },
  options: { cooldownMs?: number } = {},
): Sso {
  const outside = createOutside(createOut({ allow: settings.allow, clock, log }));
  return {
    settings,
    outside,
    discover: createDiscovery(settings, outside, clock),
    check: createIdTokenCheck(settings, outside, clock, options),
    close: () => outside.close(),
  };
}

/** The one that the process has, by its settings; null when single sign-on is not set up. Close it at the end. */
export function openSso(env: Env, parts: { clock: Clock; log: Log }): Sso | null {
  const settings = ssoSettings(env);
  return settings && createSso(settings, parts);
}
