import { expect, it } from "vitest";
import type { Fact } from "@/contracts/facts";
import { factsCsv } from "./export-facts";

const fact: Fact = {
  seq: 7,
  account: "acc_1",
  kind: "user.role_changed",
  at: "2026-03-12T14:00:00.000Z",
  actor: { kind: "user", id: "usr_1", name: "Mira" },
  target: { kind: "user", id: "usr_2", name: 'Noor "N", Ops' },
  reason: "=HYPERLINK(1)",
  before: { role: "viewer" },
  after: { role: "operator" },
  data: null,
  requestId: null,
  prevHash: "aa",
  hash: "bb",
};

it("writes a header and a quoted line, and disarms formulas", () => {
  const [header, line, end] = factsCsv([fact]).split("\r\n");
  expect(header).toMatch(/^seq,at,kind,/);
  expect(line).toBe(
    '7,2026-03-12T14:00:00.000Z,user.role_changed,user,usr_1,Mira,user,usr_2,"Noor ""N"", Ops",\'=HYPERLINK(1),"{""role"":""viewer""}","{""role"":""operator""}",,,aa,bb',
  );
  expect(end).toBe("");
});
