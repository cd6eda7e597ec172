"use client";

import type { User } from "@/contracts/people/user";
import { trpc } from "../../api/trpc";
import { toast } from "../../primitives/toast";
import { roleWords } from "../role-words";
import { tellFailure } from "../tell";

type Wish = { role?: User["role"]; disabled?: boolean; unlock?: true };

/** Changes one person and says what became of it; a changed role can be taken back from the message itself. */
export function useChangeUser(user: Pick<User, "id" | "name" | "role">, onDone?: () => void) {
  const cache = trpc.useUtils();
  const change = trpc.users.change.useMutation({
    onSuccess: async (changed, wish) => {
      onDone?.();
      const before = user.role;
      toast.done({
        title: outcome(changed, wish),
        ...(wish.role === undefined || before === wish.role
          ? {}
          : { action: { label: "Undo", onClick: () => change.mutate({ id: user.id, role: before }) } }),
      });
      await cache.users.list.invalidate();
    },
    onError: async (error) => {
      onDone?.();
      tellFailure(`${user.name} was not changed`)(error);
      // What was refused may have changed meanwhile by another hand.
      await cache.users.list.invalidate();
    },
  });
  return { busy: change.isPending, send: (wish: Wish) => change.mutate({ id: user.id, ...wish }) };
}

function outcome(changed: User, wish: Wish): string {
  if (wish.role !== undefined) {
    return `${changed.name} is ${roleWords[changed.role].name.toLowerCase()} now`;
  }
  if (wish.unlock) return `${changed.name} is not locked out any more`;
  return changed.disabledAt ? `${changed.name} can't sign in any more` : `${changed.name} can sign in again`;
}
