import type { Role } from "@/contracts/people/role";
import type { Membership } from "./groups";
import { SsoRefusal } from "./refusal";
import type { SsoSettings } from "./settings";

/**
 * The role of the first rule that names a group or app role of the person. Throws `no-role` when none does: whoever
 * the identity provider knows is not yet somebody who may come in here.
 */
export function roleOf({ rules }: Pick<SsoSettings, "rules">, { names, incomplete }: Membership): Role {
  const mine = new Set(names);
  const rule = rules.find(({ group }) => mine.has(group));
  if (rule) return rule.role;
  if (incomplete) throw incomplete;
  if (rules.length === 0) {
    throw new SsoRefusal(
      "no-role",
      "You are known to the identity provider, but no group has a role here yet.",
      "An admin of this server has to set MC_OIDC_GROUP_MAP, as in ops-admins=admin,ops=operator.",
    );
  }
  const has =
    names.length > 0 ? `You are in: ${listed(names)}.` : "The sign-in names no group or app role of yours.";
  throw new SsoRefusal(
    "no-role",
    `You are known to the identity provider, but none of your groups has a role here. ${has}`,
    `You need one of these groups or app roles: ${listed(rules.map(({ group }) => group))}. Ask the person who manages groups where you work.`,
  );
}

function listed(names: string[]): string {
  const shown = names.slice(0, 12).map((name) => name.slice(0, 80));
  return `${shown.join(", ")}${names.length > shown.length ? ` and ${names.length - shown.length} more` : ""}`;
}
