"use client";

import type { Permission, Role } from "@/contracts/people/role";
import { permissionsOf, roles } from "@/contracts/people/role";
import type { User } from "@/contracts/people/user";
import { useSession } from "../api/session";

/** Who is signed in; undefined until the server has said so. */
export function useMe(): User | undefined {
  return useSession().user ?? undefined;
}

/** Why `role` may not do what `permission` names; undefined when it may. */
export function whyNot(role: Role, permission: Permission): string | undefined {
  if (permissionsOf[role].has(permission)) return undefined;
  const weakest = roles.find((candidate) => permissionsOf[candidate].has(permission)) ?? "admin";
  const whose = weakest === "admin" ? "Only admins" : "Only operators and admins";
  return `${whose} may do this; you are ${role === "viewer" ? "a viewer" : "an operator"}.`;
}

/**
 * Why the person here may not use an action; undefined when they may. It only explains: the procedure refuses by
 * itself, whatever the page shows.
 */
export function useWhyNot(permission: Permission): string | undefined {
  const me = useMe();
  return me ? whyNot(me.role, permission) : "Your rights are still being read.";
}
