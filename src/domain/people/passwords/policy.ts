import { commonPasswords } from "./well-known";

/** The rules of a password (KO-4), each by the name that programs see. */
export type PasswordRule = "length" | "classes" | "personal" | "common" | "entropy";
export type PasswordFault = { rule: PasswordRule; message: string };
/** The names that must not be in somebody's password. */
export type PersonNames = { email: string; name: string; username?: string | null | undefined };

const minLength = 12;
const minClasses = 3;
const minBitsPerCharacter = 2.0;
/** Shorter parts of a name are in too many good passwords by chance. */
const minPersonalLength = 3;

/**
 * Judges a password against all five rules and names each one that it breaks, in words that say what to change;
 * an empty list means that it may be used. `person` are the names that must not be in it.
 */
export function passwordFaults(password: string, person: PersonNames): PasswordFault[] {
  const faults: PasswordFault[] = [];
  const characters = [...password.normalize("NFKC")];
  if (characters.length < minLength) {
    faults.push({ rule: "length", message: `must have at least ${minLength} characters` });
  }
  if (classesOf(characters) < minClasses) {
    faults.push({
      rule: "classes",
      message: "must mix at least three of: small letters, capital letters, digits, other signs",
    });
  }
  const lower = characters.join("").toLowerCase();
  if (personalParts(person).some((part) => lower.includes(part))) {
    faults.push({ rule: "personal", message: "must not contain your name, username or e-mail address" });
  }
  // "Sunshine2026!!" is the 300th most common password with what everybody appends.
  if (commonPasswords.has(lower) || commonPasswords.has(lower.replace(/[^\p{L}]+$/u, ""))) {
    faults.push({
      rule: "common",
      message: "is among the most common passwords, or one of them with an ending",
    });
  }
  if (bitsPerCharacter(characters) < minBitsPerCharacter) {
    faults.push({ rule: "entropy", message: "repeats too few different characters" });
  }
  return faults;
}

function classesOf(characters: string[]): number {
  const classes = [/\p{Ll}/u, /\p{Lu}/u, /\p{Nd}/u, /[^\p{Ll}\p{Lu}\p{Nd}]/u];
  return classes.filter((each) => characters.some((character) => each.test(character))).length;
}

function personalParts({ email, name, username }: PersonNames): string[] {
  const [local = ""] = email.split("@");
  return [email, local, username ?? "", name, ...name.split(/\s+/)]
    .map((part) => part.normalize("NFKC").trim().toLowerCase())
    .filter((part) => [...part].length >= minPersonalLength);
}

/** Shannon entropy of the characters' frequencies: 0 for "aaaa", log2(n) when all n differ. */
function bitsPerCharacter(characters: string[]): number {
  const counts = new Map<string, number>();
  for (const character of characters) counts.set(character, (counts.get(character) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) {
    const share = count / characters.length;
    bits -= share * Math.log2(share);
  }
  return bits;
}
