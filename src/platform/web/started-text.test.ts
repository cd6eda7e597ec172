import { gunzipSync } from "node:zlib";
import fc from "fast-check";
import { expect, test } from "vitest";
import { gzipStarted, TextStart } from "./started-text";

test("any two parts are one gzip text, however often the start is used", async () => {
  const part = fc.oneof(
    fc.string({ unit: "grapheme" }),
    fc.string({ minLength: 1, maxLength: 20 }).map((text) => text.repeat(5_000)),
  );
  await fc.assert(
    fc.asyncProperty(part, fc.array(part, { minLength: 1, maxLength: 3 }), async (text, rests) => {
      const start = new TextStart(text);
      const packed = await Promise.all(rests.map((rest) => gzipStarted({ start, rest })));
      expect(packed.map((bytes) => gunzipSync(bytes).toString())).toEqual(rests.map((rest) => text + rest));
    }),
    { numRuns: 60 },
  );
});

test("a start of several megabytes is whole", async () => {
  const text = Array.from({ length: 400_000 }, (_, index) => `${index * 7_919}`).join();
  const bytes = await gzipStarted({ start: new TextStart(text), rest: ",end" });
  expect(gunzipSync(bytes).toString() === `${text},end`).toBe(true);
  expect(bytes.length).toBeLessThan(text.length / 2);
});

test("the start is compressed once", () => {
  const start = new TextStart("a");
  expect(start.packed()).toBe(start.packed());
});
