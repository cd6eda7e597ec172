import { type Permission, permissionsOf, type Role } from "@/contracts/people/role";
import { invalid } from "@/domain/kernel";

/** Scopes narrow a role and never widen it: one that the role has not is refused by name. */
export function demandScopesOfRole(scopes: readonly Permission[], role: Role): void {
  const beyond = scopes.filter((scope) => !permissionsOf[role].has(scope));
  if (beyond.length === 0) return;
  const message = `The role ${role} may not ${beyond.join(", ")}. Leave that out, or choose a stronger role.`;
  throw invalid(message, { fields: [{ path: "scopes", message }] });
}
