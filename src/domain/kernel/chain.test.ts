import { expect, test } from "vitest";
import type { Fact } from "@/contracts/facts";
import { canonicalJson, genesisHash, hashFact } from "./chain";

const fact: Omit<Fact, "hash"> = {
  seq: 1,
  account: "acc_main",
  kind: "agent.added",
  at: "2026-11-21T00:00:00.000Z",
  actor: { kind: "user", id: "usr_1", name: "Mira" },
  target: { kind: "agent", id: "agt_1", name: "indexer" },
  reason: null,
  before: null,
  after: { name: "indexer", tags: ["prod"] },
  data: null,
  requestId: null,
  prevHash: genesisHash,
};

test("key order does not change the hash, since jsonb keeps none", () => {
  expect(canonicalJson({ b: 1, a: { d: [1, { f: 1, e: 2 }], c: null } })).toBe(
    '{"a":{"c":null,"d":[1,{"e":2,"f":1}]},"b":1}',
  );
  expect(hashFact({ ...fact, after: { tags: ["prod"], name: "indexer" } })).toBe(hashFact(fact));
});

test("every field is under the hash", () => {
  const changes: Partial<Fact>[] = [
    { seq: 2 },
    { account: "acc_other" },
    { kind: "agent.removed" },
    { at: "2026-11-21T00:00:00.001Z" },
    { actor: { kind: "user", id: "usr_2", name: "Mira" } },
    { target: null },
    { reason: "" },
    { before: {} },
    { after: { name: "indexer", tags: [] } },
    { data: {} },
    { requestId: "req_1" },
    { prevHash: "1".repeat(64) },
  ];
  for (const change of changes) expect(hashFact({ ...fact, ...change })).not.toBe(hashFact(fact));
});
