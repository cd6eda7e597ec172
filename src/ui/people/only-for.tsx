"use client";

import { Lock } from "lucide-react";
import type { ReactNode } from "react";
import type { Permission } from "@/contracts/people/role";
import { EmptyState } from "../primitives/empty-state";
import { useMe, whyNot } from "./me";

/**
 * A page that only some may read: the others learn who may. Nothing is asked of the server on their behalf; it would
 * refuse.
 */
export function OnlyFor({
  permission,
  what,
  children,
}: {
  permission: Permission;
  what: string;
  children: ReactNode;
}) {
  const me = useMe();
  if (!me) return <div className="flex-1" aria-busy="true" />;
  const because = whyNot(me.role, permission);
  if (!because) return children;
  return (
    <div className="grid flex-1 place-items-center">
      <h1 className="sr-only">Not for your role</h1>
      <EmptyState title={`Only admins see ${what}`} icon={<Lock />}>
        You are signed in as {me.email}, {me.role === "viewer" ? "a viewer" : "an operator"}. Ask an admin for
        what you need, or to change your role.
      </EmptyState>
    </div>
  );
}
