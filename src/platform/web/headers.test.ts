import { IncomingMessage, ServerResponse } from "node:http";
import { Socket } from "node:net";
import { expect, test } from "vitest";
import { openForNonce, setSecurityHeaders } from "./headers";

function exchange(headers: Record<string, string> = {}) {
  const request = new IncomingMessage(new Socket());
  Object.assign(request.headers, headers);
  return { request, response: new ServerResponse(request) };
}
const live = { secure: true, dev: false };

test("every answer carries the headers that browsers guard it by", () => {
  const { response } = exchange();
  setSecurityHeaders(response, live);
  expect(response.getHeaders()).toMatchObject({
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": expect.stringContaining("camera=()"),
    "strict-transport-security": expect.stringMatching(/^max-age=31536000/),
  });
  const policy = String(response.getHeader("content-security-policy"));
  expect(policy).toContain("script-src 'self';");
  for (const rule of [
    "frame-ancestors 'none'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
  ]) {
    expect(policy).toContain(rule);
  }
});

test("no HSTS over http, where browsers ignore it and a certificate may not exist", () => {
  const { response } = exchange();
  setSecurityHeaders(response, { secure: false, dev: false });
  expect(response.hasHeader("strict-transport-security")).toBe(false);
  expect(response.getHeader("content-security-policy")).not.toContain("upgrade-insecure-requests");
});

test("scripts have no 'unsafe-inline' and no 'unsafe-eval'; the nonce is new for each page", () => {
  const [first, second] = [exchange(), exchange()];
  const nonces = [first, second].map(({ request, response }) => openForNonce(request, response, live));
  expect(nonces[0]).not.toBe(nonces[1]);
  expect(Buffer.from(nonces[0] ?? "", "base64")).toHaveLength(18);
  const scripts = /script-src ([^;]*)/.exec(String(first.response.getHeader("content-security-policy")))?.[1];
  expect(scripts).toBe(`'self' 'nonce-${nonces[0]}' 'strict-dynamic'`);
});

test("a caller can't choose the nonce", () => {
  const { request, response } = exchange({
    "content-security-policy": "script-src 'nonce-chosen'",
    "content-security-policy-report-only": "script-src 'nonce-chosen'",
    "x-nonce": "chosen",
  });
  const nonce = openForNonce(request, response, live);
  expect(JSON.stringify(request.headers)).not.toContain("chosen");
  expect(request.headers["x-nonce"]).toBe(nonce);
});

test("a page whose address is a secret tells it to nobody", () => {
  const [link, other] = [exchange(), exchange()];
  link.request.url = "/a/s1.AAAA";
  other.request.url = "/alerts/alr_1";
  for (const { request, response } of [link, other]) {
    setSecurityHeaders(response, live);
    openForNonce(request, response, live);
  }
  expect(link.response.getHeader("referrer-policy")).toBe("no-referrer");
  expect(other.response.getHeader("referrer-policy")).toBe("same-origin");
});
