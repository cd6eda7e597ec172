/** One demand of the password policy and whether what is typed meets it. */
export interface PasswordHint {
  id: "length" | "kinds" | "own" | "variety";
  met: boolean;
  words: string;
}

/** What must not be in a password of whom it belongs to. */
export interface OwnNames {
  name?: string;
  email?: string;
  username?: string | null;
}

const leastLength = 12;
const leastKinds = 3;
const leastBitsPerCharacter = 2;

/**
 * The policy as far as the browser can judge it while someone types. The list of common passwords stays on the
 * server, which judges everything again.
 */
export function passwordHints(password: string, own: OwnNames = {}): PasswordHint[] {
  const length = [...password].length;
  const missing = leastLength - length;
  const kinds = [/\p{Ll}/u, /\p{Lu}/u, /\p{Nd}/u, /[^\p{L}\p{Nd}]/u].filter((kind) =>
    kind.test(password),
  ).length;
  return [
    {
      id: "length",
      met: missing <= 0,
      words:
        missing > 0 && length > 0
          ? `at least ${leastLength} characters, ${missing} more`
          : `at least ${leastLength} characters`,
    },
    { id: "kinds", met: kinds >= leastKinds, words: "three of: small, capital, digit, sign" },
    { id: "own", met: length > 0 && !holdsOwn(password, own), words: "not your name, username or e-mail" },
    {
      id: "variety",
      met: bitsPerCharacter(password) >= leastBitsPerCharacter,
      words: "not the same few characters again and again",
    },
  ];
}

function holdsOwn(password: string, own: OwnNames): boolean {
  const typed = password.toLowerCase();
  const email = (own.email ?? "").toLowerCase().trim();
  const parts = [
    email,
    email.split("@")[0] ?? "",
    (own.username ?? "").toLowerCase().trim(),
    ...(own.name ?? "").toLowerCase().split(/\s+/u),
  ];
  return parts.some((part) => part.length >= 3 && typed.includes(part));
}

/** Shannon entropy of the characters. */
function bitsPerCharacter(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  const length = [...text].length;
  let bits = 0;
  for (const count of counts.values()) bits -= (count / length) * Math.log2(count / length);
  return bits;
}
