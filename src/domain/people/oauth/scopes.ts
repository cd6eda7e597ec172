import {
  type Permission,
  permissionSchema,
  permissions,
  permissionsOf,
  type Role,
} from "@/contracts/people/role";
import { OAuthRefusal } from "./refusal";

/** `scope` of a request, separated by spaces; null when nothing was asked for. Refuses words that are no permission. */
export function readScope(text: string | undefined): Permission[] | null {
  const words = [...new Set((text ?? "").split(" ").filter((word) => word !== ""))];
  if (words.length === 0) return null;
  return words.map((word) => {
    const known = permissionSchema.safeParse(word);
    if (known.success) return known.data;
    throw new OAuthRefusal("invalid_scope", `There are these scopes: ${permissions.join(" ")}.`);
  });
}

/**
 * What a token is for, always as a list: what was granted (`[]`: everything that the role may do), within what the
 * role may do now, and no more than was asked for.
 */
export function grantedScopes(
  role: Role,
  granted: readonly string[],
  asked: readonly Permission[] | null,
): Permission[] {
  const held = permissions.filter(
    (permission) =>
      permissionsOf[role].has(permission) && (granted.length === 0 || granted.includes(permission)),
  );
  if (!asked) return held;
  const beyond = asked.filter((permission) => !held.includes(permission));
  if (beyond.length > 0) throw new OAuthRefusal("invalid_scope", `Not granted: ${beyond.join(" ")}.`);
  return [...asked];
}
