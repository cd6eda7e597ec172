import type { Role } from "@/contracts/people/role";
import { emailSchema } from "@/contracts/people/user";
import { type Claims, claimsSchema } from "./claims";
import type { Discovery } from "./discovery";
import { membershipOf } from "./groups";
import { type Outside, readJson } from "./outside";
import { badToken, SsoRefusal } from "./refusal";
import { roleOf } from "./role-of";
import type { SsoSettings } from "./settings";

/** Somebody whom the identity provider has vouched for. `role` follows from the groups as they are now. */
export type Person = {
  issuer: string;
  subject: string;
  email: string;
  /** The issuer says that the address is this person's own; only then it may lead to an account that exists. */
  emailVerified: boolean;
  name: string;
  role: Role;
};

/** What names the person at this issuer for good: an Entra app that is registered anew gives everybody another `sub`. */
export function subjectOf({ tenantId }: Pick<SsoSettings, "tenantId">, { sub, oid }: Claims): string {
  return tenantId && oid ? oid : sub;
}

/**
 * Who the claims speak of. What the token leaves out (many providers put groups and address at the userinfo endpoint)
 * is asked for there. Throws `no-role`, `too-many-groups` or `no-address`.
 */
export async function personOf(
  settings: SsoSettings,
  outside: Outside,
  discovery: Discovery,
  token: Claims,
  accessToken: string,
): Promise<Person> {
  const claims = await completed(outside, discovery, token, accessToken);
  const address = emailSchema.safeParse(claims.email ?? claims.preferred_username ?? "");
  if (!address.success) {
    throw new SsoRefusal(
      "no-address",
      "The identity provider did not say your e-mail address.",
      "An admin of the identity provider has to release the claim email to this app.",
    );
  }
  const role = roleOf(settings, await membershipOf(settings, outside, claims, accessToken));
  return {
    issuer: settings.issuer,
    subject: subjectOf(settings, claims),
    email: address.data,
    emailVerified: claims.email !== undefined && (claims.email_verified || claims.xms_edov),
    name: plainLine(claims.name) || address.data,
    role,
  };
}

async function completed(
  outside: Outside,
  discovery: Discovery,
  token: Claims,
  accessToken: string,
): Promise<Claims> {
  const whole = token.email && (token.groups ?? token.roles ?? token._claim_names);
  if (whole || !discovery.userinfo_endpoint) return token;
  const { status, answer } = await outside.get(discovery.userinfo_endpoint, {
    authorization: `Bearer ${accessToken}`,
  });
  if (status !== 200) return token;
  const more = readJson(answer, claimsSchema, "The userinfo endpoint's answer");
  if (more.sub !== token.sub) throw badToken("the userinfo endpoint speaks of somebody else (sub)");
  // What was signed counts; an address and whether it is verified come from one and the same place.
  const { email, email_verified, xms_edov } = token.email ? token : more;
  return {
    ...token,
    email,
    email_verified,
    xms_edov,
    name: token.name ?? more.name,
    preferred_username: token.preferred_username ?? more.preferred_username,
    groups: token.groups ?? more.groups,
    roles: token.roles ?? more.roles,
    _claim_names: token._claim_names ?? more._claim_names,
    _claim_sources: token._claim_sources ?? more._claim_sources,
  };
}

const plainLine = (text = "") =>
  text
    .replaceAll(/\p{Cc}/gu, " ")
    .trim()
    .slice(0, 80);
