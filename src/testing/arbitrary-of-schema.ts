import fc from "fast-check";
import { z } from "zod";

type Schema = z.core.$ZodType;

/** A secret that no answer, no log line and no fact may hold; it goes into fields that are secrets by name. */
export const canary = "hunter2-Hunter2-hunter2-canary";
const secretField =
  /password|current|token|code|ticket|secret|signature|clientDataJSON|authenticatorData|attestationObject/i;

/**
 * Words that `jsonOf` replaces by what `JSON.stringify` can't write: numbers out of range, nesting so deep that a
 * recursion over it would end the stack, and texts of 200 kB.
 */
const rawWords: Record<string, string> = {
  "@huge@": "1e999",
  "@digits@": "9".repeat(400),
  "@deep@": `${"[".repeat(20_000)}${"]".repeat(20_000)}`,
  "@deep-object@": `${'{"a":'.repeat(8_000)}1${"}".repeat(8_000)}`,
  "@long@": `"${"a".repeat(200_000)}"`,
};
const rawWord = new RegExp(`"(${Object.keys(rawWords).join("|")})"`, "g");
/** JSON as no honest client writes it. */
export const jsonOf = (value: unknown): string =>
  (JSON.stringify(value) ?? "null").replace(rawWord, (_, word: string) => rawWords[word] ?? "null");

export const nastyText = fc.oneof(
  fc.constantFrom(
    "",
    " \t\r\n",
    "\u0000",
    "a\u0000b",
    "\ud800",
    "\udfff\ud800",
    "\u202eevil",
    // One character that becomes eighteen under NFKC, one that becomes two in lower case.
    "\ufdfa".repeat(250),
    "\u0130".repeat(60),
    "\u{1f468}\u200d\u{1f469}\u200d\u{1f467}".repeat(30),
    "__proto__",
    "constructor",
    "hasOwnProperty",
    "'; drop table users; --",
    "$1 %s {{x}} \\",
    "<script>alert(1)</script>",
    "x\r\nBcc: thief@example.com",
    "%00%0d%0a",
    "../../../etc/passwd",
    "a@b.c",
    `${"a".repeat(64)}@${"b".repeat(180)}.example`,
  ),
  fc.string({ unit: "binary", maxLength: 30 }),
);

/** Anything but what the field wants. */
export const nastyValue = fc.oneof(
  { weight: 3, arbitrary: nastyText },
  {
    weight: 2,
    arbitrary: fc.constantFrom<unknown>(
      -1,
      0,
      1.5,
      1e308,
      2 ** 53,
      null,
      true,
      false,
      [],
      {},
      [null],
      { length: 1e9 },
      { toString: "x", valueOf: null, constructor: { prototype: {} } },
      ...Object.keys(rawWords),
    ),
  },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 2 }) },
);

/** Values at and beside the edges of a schema: what fits by a hair, what doesn't, and now and then something else. */
export function arbitraryOf(schema: Schema, name = ""): fc.Arbitrary<unknown> {
  const edges = edgesOf(schema, name);
  const wrong = { weight: 1, arbitrary: nastyValue };
  if (!secretField.test(name)) return fc.oneof({ weight: 4, arbitrary: edges }, wrong);
  return fc.oneof(
    { weight: 4, arbitrary: edges },
    { weight: 2, arbitrary: fc.constantFrom(canary, `mct_${canary}`, `${canary}\u0000`) },
    wrong,
  );
}

function edgesOf(schema: Schema, name: string): fc.Arbitrary<unknown> {
  if (
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodNullable ||
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodPrefault
  ) {
    return edgesOf(schema.unwrap(), name);
  }
  if (schema instanceof z.ZodPipe) return fc.oneof(edgesOf(schema.in, name), edgesOf(schema.out, name));
  if (schema instanceof z.ZodObject) return objectOf(schema.shape);
  if (schema instanceof z.ZodArray) {
    const { min = 0, max = 4 } = boundsOf(schema);
    return fc.constantFrom(min - 1, min, max, max + 1).chain((length) =>
      fc.array(arbitraryOf(schema.element, name), {
        minLength: Math.max(0, length),
        maxLength: Math.max(0, length),
      }),
    );
  }
  if (schema instanceof z.ZodEnum) return fc.constantFrom<unknown>(...schema.options, "constructor", "ADMIN");
  if (schema instanceof z.ZodLiteral) return fc.constantFrom<unknown>(...schema.values, "public-Key", false);
  if (schema instanceof z.ZodBoolean) return fc.constantFrom<unknown>(true, false, "true", 1);
  if (schema instanceof z.ZodUnion) return fc.oneof(...schema.options.map((one) => edgesOf(one, name)));
  if (schema instanceof z.ZodNumber) {
    const { min = 0, max = 100 } = boundsOf(schema);
    return fc.constantFrom<unknown>(min - 1, min, min + 0.5, max, max + 1, String(min), -0);
  }
  return schema instanceof z.core.$ZodString ? textsOf(schema) : nastyValue;
}

/** Fields come and go; names that mean something to JavaScript come along. */
function objectOf(shape: Record<string, Schema>): fc.Arbitrary<unknown> {
  const fields = Object.entries(shape).map(([field, inner]) => [field, arbitraryOf(inner, field)] as const);
  const known = fc.record(Object.fromEntries(fields));
  const some = fc.record(Object.fromEntries(fields), { requiredKeys: [] });
  const extra = fc.dictionary(
    fc.constantFrom("__proto__", "constructor", "prototype", "toString", "x"),
    nastyValue,
    {
      maxKeys: 2,
    },
  );
  return fc.oneof(
    { weight: 3, arbitrary: known },
    { weight: 1, arbitrary: some },
    {
      weight: 1,
      arbitrary: fc
        .tuple(known, extra)
        .map(([fit, more]) =>
          Object.defineProperties({}, describe({ ...fit }, Object.entries(more) as [string, unknown][])),
        ),
    },
  );
}

/** As own fields, also `__proto__`, which an object literal would take for the prototype. */
function describe(fit: object, more: [string, unknown][]): PropertyDescriptorMap {
  return Object.fromEntries(
    [...Object.entries(fit), ...more].map(([field, value]) => [
      field,
      { value, enumerable: true, writable: true, configurable: true },
    ]),
  );
}

function textsOf(schema: z.core.$ZodString): fc.Arbitrary<unknown> {
  const { min = 0, max = 60, pattern } = boundsOf(schema);
  const unit = fc.constantFrom("a", "Z", "7", "-", " ", "é", "\u{1f600}", "\u0000", "\ud800", "\ufdfa");
  const byLength = fc
    .tuple(fc.constantFrom(min - 1, min, min + 1, max - 1, max, max + 1, max * 2), unit)
    .map(([length, char]) => char.repeat(Math.max(0, Math.ceil(length / char.length))));
  const email = fc.constantFrom("nobody@example.com", "a@b", "NOBODY@EXAMPLE.COM ", "a\u0000@example.com");
  const byFormat = pattern ? fc.stringMatching(pattern) : email;
  return fc.oneof(byLength, byFormat, nastyText);
}

type Bounds = { min?: number; max?: number; pattern?: RegExp };

function boundsOf(schema: Schema): Bounds {
  const found: Bounds = {};
  const checks: unknown[] = (schema._zod.def.checks ?? []).map(({ _zod }) => _zod.def);
  for (const check of [schema._zod.def, ...checks]) {
    if (typeof check !== "object" || check === null) continue;
    if ("minimum" in check && typeof check.minimum === "number") found.min = check.minimum;
    if ("maximum" in check && typeof check.maximum === "number") found.max = check.maximum;
    if ("check" in check && "value" in check && typeof check.value === "number") {
      if (check.check === "greater_than") found.min = check.value;
      if (check.check === "less_than") found.max = check.value;
    }
    // The generator knows neither flags nor looks around, such as those of addresses.
    if ("pattern" in check && check.pattern instanceof RegExp && !/\(\?[=!<]/.test(check.pattern.source)) {
      found.pattern = new RegExp(check.pattern.source);
    }
  }
  return found;
}
