"use client";

import { createContext, type ReactNode, useContext, useMemo } from "react";
import type { Permission, Role } from "@/contracts/people/role";
import type { AuthStatus, User } from "@/contracts/people/user";
import { goToEnrolment, goToLogin } from "./provider";
import { trpc } from "./trpc";

export interface Session {
  /** null until the answer is here. */
  user: User | null;
  can: (permission: Permission) => boolean;
}

export const SessionContext = createContext<Session>({ user: null, can: () => false });

/** Who is signed in. The page explains with it; what may be done is judged by the server alone. */
export function SessionProvider({ children, known }: { children: ReactNode; known?: AuthStatus }) {
  const { data } = trpc.auth.status.useQuery(undefined, { staleTime: 60_000, initialData: known });
  const session = useMemo<Session>(() => {
    const permissions = new Set(data?.permissions ?? []);
    return { user: data?.user ?? null, can: (permission) => permissions.has(permission) };
  }, [data]);
  if (data && data.user === null) goToLogin();
  if (data?.mustEnrol) goToEnrolment();
  return <SessionContext value={session}>{children}</SessionContext>;
}

export function useSession(): Session {
  return useContext(SessionContext);
}

const roleWords: Record<Role, string> = { viewer: "Viewer", operator: "Operator", admin: "Admin" };

export function roleWord(role: Role): string {
  return roleWords[role];
}

/** Why this person may not act on agents; undefined when they may. */
export function useRoleOffBecause(): string | undefined {
  const { user, can } = useSession();
  if (!user || can("agents:operate")) return undefined;
  return `You are signed in as ${roleWord(user.role).toLowerCase()}: you may look, not act.`;
}
