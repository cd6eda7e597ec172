import { createHash } from "node:crypto";
import type { Fact } from "@/contracts/facts";

/** `prevHash` of the first fact. */
export const genesisHash = "0".repeat(64);

/**
 * JSON with the keys of every object sorted: the same text for the same value, before and after PostgreSQL's jsonb,
 * which keeps no key order.
 */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  if (value !== null && typeof value === "object") {
    const entries = Object.entries(value)
      .filter(([, inner]) => inner !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => `${JSON.stringify(key)}:${canonicalJson(inner)}`);
    return `{${entries.join(",")}}`;
  }
  return JSON.stringify(value ?? null);
}

/** Hash of a fact: SHA-256 over the hash before it, a newline, and the canonical JSON of everything it says. */
export function hashFact(fact: Omit<Fact, "hash">): string {
  const said = [
    fact.seq,
    fact.account,
    fact.kind,
    fact.at,
    fact.actor,
    fact.target,
    fact.reason,
    fact.before,
    fact.after,
    fact.data,
    fact.requestId,
  ];
  return createHash("sha256")
    .update(`${fact.prevHash}\n${canonicalJson(said)}`)
    .digest("hex");
}
