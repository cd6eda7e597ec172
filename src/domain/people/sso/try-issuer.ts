import { z } from "zod";
import type { IssuerReport } from "@/contracts/people/sso";
import { type Ctx, conflict, demand } from "@/domain/kernel";
import type { Discovery } from "./discovery";
import { readJson } from "./outside";
import { SsoRefusal } from "./refusal";
import type { Sso } from "./sso";
import { askForTokens } from "./tokens";

type Check = IssuerReport["checks"][number];

const keysSchema = z.object({ keys: z.array(z.object({ kty: z.string() })).min(1, "must hold a key") });
/** What tokens may be off by; see `createIdTokenCheck`. */
const toleratedMs = 60_000;

/**
 * Asks the issuer everything that a sign-in will ask, as far as it goes without a person. Changes nothing, here or
 * there. `conflict` when single sign-on is not set up.
 */
export async function tryIssuer(ctx: Ctx, sso: Sso | null): Promise<IssuerReport> {
  demand(ctx, "settings:manage");
  if (!sso) throw conflict("Single sign-on is not set up: set MC_OIDC_ISSUER or MC_ENTRA_TENANT_ID.");
  const checks: Check[] = [];
  let clockAheadMs: number | null = null;
  const check = async (name: string, work: () => Promise<string>): Promise<boolean> => {
    const [ok, says] = await work().then(
      (words): [boolean, string] => [true, words],
      (error: unknown): [boolean, string] => {
        if (error instanceof SsoRefusal) return [false, error.message];
        throw error;
      },
    );
    checks.push({ name, ok, says });
    return ok;
  };

  let discovery: Discovery | undefined;
  await check("issuer", async () => {
    discovery = await sso.discover({ freshMs: 0, timeoutMs: 6_000 });
    return `${discovery.issuer} answers, and calls itself that.`;
  });
  if (discovery) {
    const found = discovery;
    await check("keys", async () => {
      const { answer, clockThere } = await sso.outside.get(found.jwks_uri);
      if (clockThere) clockAheadMs = clockThere.getTime() - ctx.clock.now().getTime();
      const { keys } = readJson(answer, keysSchema, "The list of keys");
      return `${keys.length} ${keys.length === 1 ? "key" : "keys"} at ${found.jwks_uri}.`;
    });
    checks.push(clockCheck(clockAheadMs));
    await check("this program", () => knowsUs(sso, found));
    checks.push(renewal(found));
  }
  const { rules } = sso.settings;
  checks.push({
    name: "roles",
    ok: rules.length > 0,
    says:
      rules.length > 0
        ? `${rules.length} ${rules.length === 1 ? "group or app role gives" : "groups or app roles give"} a role.`
        : "No group gives a role, so nobody comes in. Set MC_OIDC_GROUP_MAP.",
  });
  return { ok: checks.every(({ ok }) => ok), checks, clockAheadMs };
}

function clockCheck(aheadMs: number | null): Check {
  const name = "clock";
  if (aheadMs === null) return { name, ok: true, says: "The issuer does not say what time it is there." };
  const seconds = Math.round(Math.abs(aheadMs) / 1_000);
  const ok = Math.abs(aheadMs) < toleratedMs;
  if (seconds <= 1) return { name, ok, says: "Its clock and ours agree." };
  const apart = `Its clock is ${seconds} s ${aheadMs > 0 ? "ahead of" : "behind"} ours`;
  return {
    name,
    ok,
    says: ok ? `${apart}; a minute is taken.` : `${apart}, and more than a minute is refused.`,
  };
}

/** Shows the client's id and secret with a code that can't be one: only those who are known are told of the code. */
async function knowsUs(sso: Sso, discovery: Discovery): Promise<string> {
  try {
    await askForTokens(sso.settings, discovery, sso.outside, {
      grant_type: "authorization_code",
      code: "mission-control-tries-the-issuer",
      redirect_uri: sso.settings.redirectUri,
      code_verifier: "a".repeat(43),
    });
  } catch (error) {
    const refused = error instanceof SsoRefusal && /\((invalid|unauthorized)_client\b/.test(error.message);
    if (!(error instanceof SsoRefusal) || refused || error.reason === "unreachable") throw error;
  }
  return "The issuer takes the client id and secret.";
}

function renewal({ scopes_supported: scopes = [] }: Discovery): Check {
  const says = scopes.includes("offline_access")
    ? "Sessions can be renewed silently (offline_access)."
    : "It offers no offline_access: sessions end with their token, unless it gives refresh tokens unasked.";
  return { name: "renewal", ok: true, says };
}
