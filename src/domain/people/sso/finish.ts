import { type Ctx, mainAccount, transact } from "@/domain/kernel";
import { beginSession, type Visitor } from "@/domain/people/sessions";
import { timingSafeEqualText } from "@/platform/crypto";
import { admit } from "./admit";
import type { BrowserState } from "./browser-state";
import { keepRefreshToken } from "./keep-refresh-token";
import { personOf, subjectOf } from "./person";
import { badState, SsoRefusal } from "./refusal";
import { spendState } from "./spend-state";
import type { Sso } from "./sso";
import { askForTokens } from "./tokens";

/** `in`: the token for the session cookie. `link`: the token with which the local password is shown. */
export type SsoOutcome =
  | { kind: "in"; token: string; to: string }
  | { kind: "link"; token: string; email: string };

/** As far as the token was believed. */
type Who = { subject: string; email: string | null };

/** Single sign-on as the one who acts: users are made and roles follow groups in its name. */
export const ssoActor = { kind: "system" as const, id: "sso", name: "Single sign-on" };

/**
 * The way back from the identity provider: checks what came against what the browser kept, turns the code into
 * tokens, and lets the person in. Every refusal is a fact. Throws `SsoRefusal`.
 */
export async function finishSso(
  ctx: Ctx,
  sso: Sso,
  query: URLSearchParams,
  kept: BrowserState,
  visitor: Visitor,
): Promise<SsoOutcome> {
  const own: Ctx = { ...ctx, account: mainAccount, actor: ssoActor, role: null };
  let who: Who | undefined;
  try {
    const discovery = await sso.discover();
    const code = codeOf(query, kept, discovery);
    await spendState(own, kept.state);
    const tokens = await askForTokens(sso.settings, discovery, sso.outside, {
      grant_type: "authorization_code",
      code,
      redirect_uri: sso.settings.redirectUri,
      code_verifier: kept.verifier,
    });
    const { claims, expiresAt } = await sso.check(discovery, idTokenOf(tokens.data), kept.nonce);
    who = { subject: subjectOf(sso.settings, claims), email: claims.email ?? null };
    const person = await personOf(sso.settings, sso.outside, discovery, claims, tokens.accessToken());
    const refreshToken = tokens.hasRefreshToken() ? tokens.refreshToken() : null;
    const admission = await admit(own, person, { to: kept.to, endsBy: expiresAt, refreshToken });
    if (admission.kind === "link") return { ...admission, email: person.email };
    const { user } = admission;
    const token = await beginSession(ctx, user, visitor, { cameBy: "sso", endsBy: expiresAt });
    if (refreshToken) await keepRefreshToken(own, token, user, person, refreshToken);
    return { kind: "in", token, to: kept.to };
  } catch (error) {
    if (error instanceof SsoRefusal) await recordRefusal(own, error, who, visitor);
    throw error;
  }
}

function codeOf(
  query: URLSearchParams,
  kept: BrowserState,
  discovery: { issuer: string; authorization_response_iss_parameter_supported?: boolean | undefined },
): string {
  if (!timingSafeEqualText(query.get("state") ?? "", kept.state)) {
    throw badState("This answer belongs to a sign-in that was begun elsewhere, perhaps in another window.");
  }
  const issuer = query.get("iss");
  if ((issuer ?? discovery.issuer) !== discovery.issuer) {
    throw badState("This answer comes from another identity provider.");
  }
  if (issuer === null && discovery.authorization_response_iss_parameter_supported) {
    throw badState("This answer does not say which identity provider it comes from.");
  }
  const error = query.get("error");
  if (error) {
    throw new SsoRefusal(
      "denied",
      `The identity provider did not let you in (${error.slice(0, 60)}).`,
      "Start the sign-in again, and ask the person who manages accounts where you work if it stays.",
    );
  }
  const code = query.get("code");
  if (!code) throw badState("The identity provider sent no code.");
  return code;
}

function idTokenOf(data: object): string {
  if ("id_token" in data && typeof data.id_token === "string") return data.id_token;
  throw badState("The identity provider sent no ID token.");
}

async function recordRefusal(ctx: Ctx, refusal: SsoRefusal, who: Who | undefined, visitor: Visitor) {
  const name = who?.email ?? "Not signed in";
  const actor = { kind: "anonymous" as const, id: visitor.ip ?? "unknown", name };
  await transact({ ...ctx, actor }, async (unit) => {
    unit.record({
      kind: "security.sso_refused",
      target: null,
      data: {
        because: refusal.reason,
        said: refusal.message,
        subject: who?.subject ?? null,
        email: who?.email ?? null,
        ip: visitor.ip,
      },
    });
  });
}
