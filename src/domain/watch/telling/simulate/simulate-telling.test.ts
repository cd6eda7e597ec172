import fc from "fast-check";
import { expect, test } from "vitest";
import { plainLabels, policyOf } from "@/testing/telling";
import { ruleAbout } from "@/testing/watch";
import { type RehearsedEpisode, simulateTelling } from "./simulate-telling";

const start = Date.parse("2026-03-01T12:00:00Z");
const secondMs = 1_000;
const at = (seconds: number) => new Date(start + seconds * secondMs);
const to = at(90_000);
const draft = ruleAbout({ kind: "offline" });
const policy = policyOf({ waitMs: 30_000, intervalMs: 300_000, repeatMs: 14_400_000, groupBy: ["rule"] });

const episode = (id: string, from: number, until: number | null): RehearsedEpisode => ({
  labels: plainLabels(id),
  agentId: id,
  since: at(from),
  firedAt: at(from),
  resolvedAt: until === null ? null : at(until),
  calms: [],
});
const messages = (episodes: readonly RehearsedEpisode[], from: Date, channels = ["ops"]) =>
  simulateTelling(policy, draft, episodes, { from, to, channels });

test("what fired before the span shapes how the span was told, and counts nothing itself", () => {
  const early = episode("early", 0, 2_000);
  const two = [episode("a", 20, 2_000), episode("b", 45, 2_000)];
  // Told with the early one at 30 s, then b after the interval; then the end. Alone, a and b would go together.
  expect(messages([early, ...two], at(0)).messages).toBe(3);
  expect(messages([early, ...two], at(10)).messages).toBe(3);
  expect(messages(two, at(10)).messages).toBe(2);
  expect(messages([episode("early", 0, 2_000)], at(10)).messages).toBe(0);
});

test("the order in which a rehearsal found them changes nothing, nor do the order and number of channels", () => {
  const some = fc
    .tuple(fc.integer({ min: 0, max: 3_000 }), fc.option(fc.integer({ min: 0, max: 600 })))
    .map(([from, lasted]) => ({ from, until: lasted === null ? null : from + lasted }));
  fc.assert(
    fc.property(
      fc.array(some, { minLength: 1, maxLength: 40 }),
      fc.infiniteStream(fc.nat()),
      (spans, luck) => {
        const episodes = spans.map(({ from, until }, index) =>
          episode(`e${index}`, from * 7, until && until * 7),
        );
        const shuffled = episodes
          .map((one) => ({ one, place: luck.next().value ?? 0 }))
          .sort((a, b) => a.place - b.place)
          .map(({ one }) => one);
        const { messages: counted, worstHour } = messages(episodes, at(0));
        expect(messages(shuffled, at(0), ["b", "ops", "a"])).toMatchObject({ messages: counted, worstHour });
      },
    ),
  );
});

test("one that begins and ends in the same moment does not fire for ever", () => {
  expect(messages([episode("blink", 60, 60)], at(0)).messages).toBe(0);
  expect(messages([episode("blink", 60, 60), episode("a", 60, 100)], at(0)).messages).toBe(2);
});
