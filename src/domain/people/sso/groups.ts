import { z } from "zod";
import { type Claims, groupsElsewhere } from "./claims";
import { type Outside, readJson } from "./outside";
import { SsoRefusal } from "./refusal";
import type { SsoSettings } from "./settings";

const member = z.union([
  z.string(),
  z.object({ id: z.string() }).transform(({ id }) => id),
  z.object({ name: z.string() }).transform(({ name }) => name),
]);
const page = z.object({ value: z.array(member), "@odata.nextLink": z.string().optional() });
const answerSchema = z.union([
  page,
  z.object({ groups: z.array(member) }).transform(({ groups }): z.output<typeof page> => ({ value: groups })),
  z.array(member).transform((value): z.output<typeof page> => ({ value })),
]);
const mostPages = 20;
/** Microsoft's own; any other host must be the issuer's or be allowed by MC_OUTBOUND_ALLOW. */
const graphHost = "graph.microsoft.com";

/** Everything that a rule can name, and whether groups are missing because nobody could tell them. */
export type Membership = { names: string[]; incomplete: SsoRefusal | null };

/**
 * Groups and app roles of a person. Groups that did not fit into the token (`_claim_names`, in Entra more than 200)
 * are asked for with the person's own access token: at MC_OIDC_GROUPS_URL, else where the token says, if that host is
 * allowed.
 */
export async function membershipOf(
  settings: SsoSettings,
  outside: Outside,
  claims: Claims,
  accessToken: string,
): Promise<Membership> {
  const names = [...(claims.groups ?? []), ...(claims.roles ?? [])];
  const elsewhere = groupsElsewhere(claims);
  if (elsewhere === null) return { names, incomplete: null };
  const bearer = { authorization: `Bearer ${accessToken}` };
  try {
    if (settings.groupsUrl) {
      return {
        names: [...names, ...(await allPages(outside, settings.groupsUrl, bearer))],
        incomplete: null,
      };
    }
    if (mayAsk(settings, elsewhere)) {
      const { status, answer } = await outside.post(
        elsewhere,
        JSON.stringify({ securityEnabledOnly: false }),
        {
          ...bearer,
          "content-type": "application/json",
        },
      );
      return { names: [...names, ...read(status, answer).value], incomplete: null };
    }
    return { names, incomplete: tooMany("MC_OIDC_GROUPS_URL is not set, so they could not be asked for.") };
  } catch (error) {
    if (!(error instanceof SsoRefusal)) throw error;
    return { names, incomplete: tooMany(error.message) };
  }
}

async function allPages(outside: Outside, url: string, bearer: Record<string, string>): Promise<string[]> {
  const found: string[] = [];
  let next: string | undefined = url;
  for (let pages = 0; next && pages < mostPages; pages += 1) {
    const { status, answer } = await outside.get(next, bearer);
    const { value, "@odata.nextLink": link } = read(status, answer);
    found.push(...value);
    // The token must not follow a link to somebody else.
    next = link && URL.canParse(link) && new URL(link).origin === new URL(url).origin ? link : undefined;
  }
  return found;
}

function read(status: number, answer: string): z.output<typeof page> {
  if (status !== 200) throw tooMany(`The address of the groups answered with ${status}.`);
  return readJson(answer, answerSchema, "The answer about the groups");
}

function mayAsk(settings: SsoSettings, address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { hostname, protocol } = new URL(address);
  if (protocol !== "https:" && settings.issuer.startsWith("https:")) return false;
  return hostname === graphHost || settings.allow.includes(hostname);
}

function tooMany(why: string): SsoRefusal {
  return new SsoRefusal(
    "too-many-groups",
    `You are a member of more groups than fit into a sign-in, and none of what came with it gives you a role here. ${why}`,
    "An admin of the identity provider can give you an app role that is named in MC_OIDC_GROUP_MAP, or let the app send only the groups assigned to it; an admin of this server can set MC_OIDC_GROUPS_URL.",
  );
}
