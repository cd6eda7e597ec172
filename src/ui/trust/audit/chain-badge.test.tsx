import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import type { ChainBadge as Chain } from "@/contracts/trust/audit";
import { ChainBadge } from "./chain-badge";

const whole: Chain = {
  ok: true,
  rows: 10,
  headSeq: 10,
  headHash: "ab12",
  checkedFrom: 1,
  checkedAt: "2026-03-12T14:00:00.000Z",
};
const broken: Chain = { ...whole, ok: false, firstBrokenSeq: 7, why: "The hash does not fit" };
const failure = new Error("timeout");

it.each([
  ["nothing yet", undefined, true, null, "Checking"],
  ["a failure at once", undefined, false, failure, "Chain not checked"],
  ["a failure after it was whole", whole, false, failure, "Chain not checked"],
  ["a failure after it was broken", broken, false, failure, "Chain broken at 7"],
  ["a new check after a failure", whole, true, failure, "Checking"],
  ["a whole chain", whole, false, null, "Chain whole"],
])("says of %s what is known", (_, chain, checking, error, said) => {
  const words = renderToStaticMarkup(<ChainBadge chain={chain} checking={checking} error={error} />);
  const claims = ["Checking", "Chain not checked", "Chain broken at 7", "Chain whole"];
  expect(claims.filter((claim) => words.includes(claim))).toEqual([said]);
});

it("tells why it was not checked", () => {
  const words = renderToStaticMarkup(<ChainBadge chain={whole} checking={false} error={failure} />);
  expect(words).toContain("did not answer");
  expect(words).toContain("It was whole");
});
