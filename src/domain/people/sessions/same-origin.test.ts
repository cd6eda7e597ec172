import { expect, test } from "vitest";
import { isSameOrigin } from "./same-origin";

const url = "https://control.example.com";
const host = "control.example.com";

test.each<[string, Record<string, string>, boolean]>([
  ["our page", { origin: url, "sec-fetch-site": "same-origin" }, true],
  ["our page in a browser without Sec-Fetch-Site", { origin: url }, true],
  ["a program that says neither", {}, true],
  ["an address that a person typed", { "sec-fetch-site": "none" }, true],
  ["another name of this server", { origin: "https://10.0.0.7:3000", host: "10.0.0.7:3000" }, true],
  ["another site", { origin: "https://evil.example", "sec-fetch-site": "cross-site" }, false],
  ["another site in a browser without Sec-Fetch-Site", { origin: "https://evil.example" }, false],
  ["a sister host", { "sec-fetch-site": "same-site" }, false],
  ["a sister host that says only its origin", { origin: "https://blog.example.com" }, false],
  ["another port", { origin: `${url}:8443` }, false],
  ["plain http of the same host", { origin: "http://control.example.com" }, false],
  ["a sandboxed frame", { origin: "null" }, false],
  ["a host that only begins like ours", { origin: "https://control.example.com.evil.example" }, false],
  ["our name as the user of another host", { origin: "https://control.example.com@evil.example" }, false],
  ["nothing that is an origin", { origin: "" }, false],
  ["our origin, but the browser says otherwise", { origin: url, "sec-fetch-site": "cross-site" }, false],
])("%s", (_who, headers, ours) => {
  expect(isSameOrigin({ host, ...headers }, url)).toBe(ours);
});
