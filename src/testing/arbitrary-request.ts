import fc from "fast-check";
import { canary, jsonOf } from "./arbitrary-of-schema";

const latin = fc
  .string({
    unit: fc.integer({ min: 0x20, max: 0xff }).map((code) => String.fromCharCode(code)),
    maxLength: 60,
  })
  .map((text) => text.replace(/\x7f/g, ""));
const jwt = (header: unknown) =>
  `Bearer ${[header, { sub: "usr_x" }].map((part) => Buffer.from(JSON.stringify(part)).toString("base64url")).join(".")}.AA`;
/** Headers as browsers, programs and attackers send them, each of them torn in some way. */
export const headersOf = fc.record(
  {
    Authorization: fc.oneof(
      latin,
      fc.constantFrom(
        "Bearer",
        "Bearer ",
        `Bearer mct_${canary}`,
        `Bearer ${"a".repeat(4_000)}`,
        "Basic =====",
      ),
      fc.constantFrom(
        jwt({ alg: "none" }),
        jwt({ alg: "HS256", kid: "../../../dev/null" }),
        jwt({ alg: "ES256", kid: "key_\u0000", crit: ["x"], b64: false }),
        jwt({ alg: "ES256", kid: { toString: 1 }, jwk: {} }),
        jwt([]),
        jwt(null),
      ),
    ),
    Cookie: fc.oneof(
      latin,
      fc.constantFrom(
        "__Host-mc_session=",
        "__Host-mc_session=s1.AAAA",
        "__Host-mc_session=%E0%A4%A",
        `__Host-mc_session=${canary}; __Host-mc_session=s1.${"A".repeat(400)}`,
        "__proto__=x; =; ;;; __Host-mc_session",
      ),
    ),
    Origin: fc.constantFrom("null", "https://evil.example", "http://[", "::", "file://"),
    "Sec-Fetch-Site": fc.constantFrom("cross-site", "same-origin", "none", "x"),
    "X-Forwarded-For": fc.oneof(
      latin,
      fc.constantFrom(",,,", "[::1]:99999", "1.2.3.4, , evil", "fe80::1%eth0"),
    ),
    "X-Forwarded-Proto": latin,
    "X-Forwarded-Host": latin,
    Host: fc.constantFrom("evil.example", "a:99999", "[::1", "x y"),
    "User-Agent": fc.oneof(latin, fc.constant("é".repeat(3_000))),
    "Idempotency-Key": fc.oneof(latin, fc.constant("k".repeat(300))),
    "X-Request-Id": latin,
    Accept: fc.constantFrom("text/event-stream", "application/jsonl", "*/*;q=x"),
    "Content-Encoding": fc.constantFrom("gzip", "br"),
  },
  { requiredKeys: [] },
);

/** The JSON of an input, and what befalls it on the way. */
export const bodyOf = (input: fc.Arbitrary<unknown>) =>
  fc
    .tuple(input, fc.constantFrom(...Array<string>(8).fill("whole"), "cut", "twice", "bytes", "bare", "bom"))
    .map(([value, fate]) => {
      const text = jsonOf(value);
      if (fate === "cut") return text.slice(0, -1);
      if (fate === "twice") return text.replace(/^\{("[^"]*":)/, '{$1"first",$1');
      if (fate === "bytes") return Buffer.concat([Buffer.from(text), Buffer.from([0xff, 0xc0, 0x00])]);
      if (fate === "bare") return jsonOf([value]);
      return fate === "bom" ? `\ufeff${text}` : text;
    });

/** A text as one part of a path. */
export const pathPart = (text: string) =>
  encodeURIComponent(text.toWellFormed().slice(0, 300)).replaceAll(".", "%2E") || "x";
