import { describe, expect, it } from "vitest";
import type { Rule } from "@/contracts/watch/rule";
import { ruleChange, ruleName, ruleSentence } from "./rule-words";

const channels = [
  { id: "chn_1", name: "Ops Teams" },
  { id: "chn_2", name: "Night shift" },
];
const rule: Rule = {
  id: "rul_1",
  name: "Any agent is offline",
  kind: "offline",
  scope: { kind: "all" },
  severity: "critical",
  enabled: true,
  channelIds: [],
  createdAt: "2026-03-12T14:00:00Z",
};

describe("ruleSentence", () => {
  it("reads as one sentence", () => {
    expect(ruleSentence(rule, channels)).toBe(
      "When any agent is offline, tell every channel as a critical alert.",
    );
    const narrow: Rule = {
      ...rule,
      scope: { kind: "group", group: "cron-workers" },
      severity: "info",
      channelIds: ["chn_1", "chn_2"],
    };
    expect(ruleSentence(narrow, channels)).toBe(
      "When any agent in cron-workers is offline, tell Ops Teams and Night shift as an info alert.",
    );
  });

  it("does not hide that a channel is gone", () => {
    expect(ruleSentence({ ...rule, channelIds: ["chn_9"] }, channels)).toContain("tell a deleted channel as");
  });
});

describe("ruleChange", () => {
  it("is null when nothing differs, whatever the order of the channels", () => {
    const saved = { ...rule, channelIds: ["chn_1", "chn_2"] };
    expect(ruleChange(saved, { ...saved, channelIds: ["chn_2", "chn_1"] })).toBeNull();
  });

  it("takes a name along that was made from the sentence", () => {
    const scope = { kind: "tag", tag: "nightly" } as const;
    expect(ruleChange(rule, { ...rule, scope })).toEqual({
      scope,
      name: "Any agent tagged nightly is offline",
    });
    expect(ruleChange({ ...rule, name: "Wake me up" }, { ...rule, scope })).toEqual({ scope });
  });

  it("names a rule by its sentence", () => {
    expect(ruleName({ kind: "offline", scope: { kind: "group", group: "research" } })).toBe(
      "Any agent in research is offline",
    );
  });
});
