// @vitest-environment happy-dom
import { act, cleanup, renderHook, waitFor } from "@testing-library/react";
import { afterEach, expect, it } from "vitest";
import type { RuleDraft } from "@/contracts/watch/rule";
import { newDraft } from "../words/draft";
import { noNames } from "../words/names";
import { useRuleForm } from "./use-rule-form";

afterEach(cleanup);

/** A form of which everything was sent that was typed so far. */
async function sentForm() {
  const sent: { draft: RuleDraft; typed: RuleDraft }[] = [];
  const saved = { ...newDraft("offline"), name: "Nightly" };
  const { result } = renderHook(() => useRuleForm(saved, noNames));
  act(() => result.current.put({ runbook: "Call Mira " }));
  act(() => result.current.submit((draft, typed) => sent.push({ draft, typed }))());
  await waitFor(() => expect(sent).toHaveLength(1));
  const [first] = sent;
  if (!first) throw new Error("It was sent.");
  expect(first.draft.runbook).toBe("Call Mira");
  return { form: result, ...first };
}

it("what was sent becomes what is saved, as the server keeps it", async () => {
  const { form, draft, typed } = await sentForm();
  act(() => expect(form.current.settle(draft, typed)).toBe(false));
  expect(form.current.dirty).toBe(false);
  expect(form.current.draft).toEqual(draft);
});

it("what is typed between the sending and its answer stays, on top of what was saved", async () => {
  const { form, draft, typed } = await sentForm();
  act(() => form.current.put({ severity: "critical" }));
  act(() => expect(form.current.settle(draft, typed)).toBe(true));
  expect(form.current.dirty).toBe(true);
  expect(form.current.base).toEqual(draft);
  expect(form.current.draft).toEqual({ ...draft, severity: "critical" });
});
