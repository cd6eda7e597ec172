import type { Ids } from "@/platform/ids";

/** How many a set has. */
export const codesPerSet = 10;
/** 32 characters that nobody mixes up: no I, O, 0, 1. Five random bits each. */
const alphabet = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";

/** A new code, `XXXX-XXXX-XXXX`: 60 random bits. */
export function newRecoveryCode(ids: Ids): string {
  const letters = [...ids.bytes(12)].map((byte) => alphabet.charAt(byte & 31)).join("");
  return grouped(letters);
}

/** What a person typed, as it was written down: capital letters in groups of four. */
export function plainCode(typed: string): string {
  return grouped(typed.replaceAll(/[^a-z2-9]/gi, "").toUpperCase());
}

const grouped = (letters: string) => letters.replaceAll(/(.{4})(?=.)/g, "$1-");
