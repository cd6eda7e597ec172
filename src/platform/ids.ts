import { randomBytes } from "node:crypto";

/** Ids, secrets and chance: one port, so that a test can make them repeatable. */
export interface Ids {
  /** `id("agt")` → `agt_` and 26 characters that sort by time of creation. */
  id(prefix: string): string;
  /** `secret("mca")` → `mca_` and 43 characters (32 random bytes, base64url). Shown once, stored as a hash. */
  secret(prefix: string): string;
  /** At least 0, below 1: for jitter, never for secrets. */
  random(): number;
  bytes(count: number): Buffer;
}

/** Crockford's alphabet in lower case: no i, l, o, u. */
const alphabet = "0123456789abcdefghjkmnpqrstvwxyz";
const randomBits = 80n;
const randomLimit = 1n << randomBits;

function encode(value: bigint): string {
  let rest = value;
  let text = "";
  for (let index = 0; index < 26; index++) {
    text = alphabet.charAt(Number(rest & 31n)) + text;
    rest >>= 5n;
  }
  return text;
}

/**
 * Ids of 48 bits of time and 80 random bits. Within a process each is greater than the one before, also inside one
 * millisecond and while the clock stands or goes back: then the random part counts up.
 */
export function createIds(
  nowMs: () => number,
  bytes: (count: number) => Buffer,
  random: () => number = Math.random,
): Ids {
  let lastMs = -1;
  let tail = 0n;
  return {
    id(prefix) {
      const ms = nowMs();
      if (ms > lastMs) {
        lastMs = ms;
        tail = BigInt(`0x${bytes(10).toString("hex")}`);
      } else {
        tail += 1n;
        if (tail === randomLimit) {
          lastMs += 1;
          tail = 0n;
        }
      }
      return `${prefix}_${encode((BigInt(lastMs) << randomBits) | tail)}`;
    },
    secret: (prefix) => `${prefix}_${bytes(32).toString("base64url")}`,
    random,
    bytes,
  };
}

export const systemIds: Ids = createIds(Date.now, randomBytes);
