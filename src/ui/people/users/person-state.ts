import type { Person } from "@/contracts/people/user";

/** Whether wrong passwords have locked the account at this moment; a disabled one is not "locked" as well. */
export function isLocked(person: Person, nowMs: number): boolean {
  if (person.disabledAt !== null || person.lockedUntil === null || nowMs === 0) return false;
  return Date.parse(person.lockedUntil) > nowMs;
}

/** "App, 2 passkeys"; null: a password is all that it takes. */
export function factorWords({ factors }: Person): string | null {
  const parts = [
    ...(factors.app ? ["App"] : []),
    ...(factors.passkeys > 0 ? [factors.passkeys === 1 ? "passkey" : `${factors.passkeys} passkeys`] : []),
  ];
  if (parts.length === 0) return null;
  const words = parts.join(", ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Why this person can be neither demoted, switched off nor deleted; undefined when they can. */
export function whyKept(person: Person, isMe: boolean): string | undefined {
  if (person.lastAdmin) {
    return isMe
      ? "You are the only admin who can sign in. Make another admin first."
      : `${person.name} is the only admin who can sign in. Make another admin first.`;
  }
  return isMe ? "This is you: another admin can do it." : undefined;
}

export const personViews = ["all", "admins", "bare", "off"] as const;
export type PersonView = (typeof personViews)[number];

export function isInView(person: Person, view: PersonView): boolean {
  if (view === "admins") return person.role === "admin" && person.disabledAt === null;
  if (view === "bare") return person.disabledAt === null && factorWords(person) === null;
  return view === "all" || person.disabledAt !== null;
}
