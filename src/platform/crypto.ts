import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  hkdfSync,
  randomBytes,
  timingSafeEqual,
} from "node:crypto";
import { hash, verify } from "@node-rs/argon2";
import { bcryptCost, matchesBcrypt } from "./bcrypt";

export function sha256Hex(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/** Compares without telling by its duration where two texts differ, nor how long the expected one is. */
export function timingSafeEqualText(left: string, right: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(left), digest(right));
}

/** Encrypts what must be readable again: SMTP passwords, webhook addresses, second-factor secrets. */
export interface Sealer {
  seal(plain: string, purpose: string): string;
  /** Throws when the text was changed, was sealed for another purpose, or with another secret. */
  open(sealed: string, purpose: string): string;
  /** The same text under the secret of today; null when that one sealed it already. Throws as `open` does. */
  renew(sealed: string, purpose: string): string | null;
  /**
   * What tells whether a text is the same again, and nothing of a text that could be guessed: HMAC-SHA-256 in hex under
   * the secret of today; then under earlier ones, whose fingerprints may still be stored.
   */
  fingerprints(plain: string, purpose: string): [string, ...string[]];
}

const version = "s1";
const ivBytes = 12;
const tagBytes = 16;

/**
 * AES-256-GCM under a key derived for each purpose, so that a sealed text moved to another column does not open.
 * Sealed texts are `s1.` and base64url of nonce, tag and ciphertext; the prefix leaves room for another scheme.
 * `previous` secrets only open: they are kept while what they sealed is sealed anew.
 */
export function sealer(secret: Buffer, ...previous: Buffer[]): Sealer {
  const today = keysOf(secret);
  const earlier = previous.map(keysOf);
  const keys = [today, ...earlier];
  const seal = (plain: string, purpose: string): string => {
    const iv = randomBytes(ivBytes);
    const cipher = createCipheriv("aes-256-gcm", today(`seal:${purpose}`), iv);
    const body = Buffer.concat([cipher.update(plain, "utf8"), cipher.final()]);
    return `${version}.${Buffer.concat([iv, cipher.getAuthTag(), body]).toString("base64url")}`;
  };
  /** The text, and which secret opened it: 0 is today's. */
  const unlock = (sealed: string, purpose: string): { plain: string; age: number } => {
    const [prefix, encoded] = sealed.split(".", 2);
    const raw = Buffer.from(encoded ?? "", "base64url");
    if (prefix !== version || raw.length < ivBytes + tagBytes) {
      throw new Error("This is not a sealed text that this version can open.");
    }
    for (const [age, keyFor] of keys.entries()) {
      const plain = decipherWith(keyFor(`seal:${purpose}`), raw);
      if (plain !== null) return { plain, age };
    }
    throw new Error(
      `A sealed text (${purpose}) does not open: it was changed, or MC_SECRET is not the one that sealed it.`,
    );
  };
  return {
    seal,
    open: (sealed, purpose) => unlock(sealed, purpose).plain,
    renew(sealed, purpose) {
      const { plain, age } = unlock(sealed, purpose);
      return age === 0 ? null : seal(plain, purpose);
    },
    fingerprints(plain, purpose) {
      const under = (keyFor: KeyFor) =>
        createHmac("sha256", keyFor(`fingerprint:${purpose}`))
          .update(plain)
          .digest("hex");
      return [under(today), ...earlier.map(under)];
    },
  };
}

/** The key for one use, such as `seal:smtp`. */
type KeyFor = (use: string) => Buffer;

/** Keys of one secret by what they are used for, derived once. */
function keysOf(secret: Buffer): KeyFor {
  if (secret.length < 32) throw new Error("The sealing secret must have at least 32 bytes.");
  const keys = new Map<string, Buffer>();
  return (use) => {
    const known = keys.get(use);
    if (known) return known;
    const key = Buffer.from(hkdfSync("sha256", secret, "mission-control", use, 32));
    keys.set(use, key);
    return key;
  };
}

/** The plain text, or null when the tag does not fit: another key, or a changed text. */
function decipherWith(key: Buffer, raw: Buffer): string | null {
  const decipher = createDecipheriv("aes-256-gcm", key, raw.subarray(0, ivBytes), {
    authTagLength: tagBytes,
  });
  decipher.setAuthTag(raw.subarray(ivBytes, ivBytes + tagBytes));
  try {
    return decipher.update(raw.subarray(ivBytes + tagBytes), undefined, "utf8") + decipher.final("utf8");
  } catch {
    return null;
  }
}

/** OWASP's smallest argon2id setting: 19 MiB, two passes, one lane. Runs on a thread, 20 to 40 ms. */
const argon = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

export function hashPassword(password: string): Promise<string> {
  return hash(password.normalize("NFKC"), argon);
}

/**
 * Whether the password made the hash: one of ours, or a bcrypt hash that was imported. False also for a stored text that
 * is no hash: a broken row must not become a 500 at the login.
 */
export async function verifyPassword(stored: string, password: string): Promise<boolean> {
  try {
    // Other programs hash what was typed as it is.
    if (isForeignHash(stored)) return await matchesBcrypt(stored, password);
    return await verify(stored, password.normalize("NFKC"));
  } catch {
    return false;
  }
}

/** A hash of elsewhere: it is replaced by one of ours as soon as the password is known. */
export const isForeignHash = (stored: string): boolean => bcryptCost(stored) !== null;
