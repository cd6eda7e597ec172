import { IncomingMessage, ServerResponse } from "node:http";
import { Socket } from "node:net";
import { expect, test } from "vitest";
import { answerBounce } from "./bounce";

const visit = { "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", "sec-fetch-dest": "document" };

function arrive(url: string, headers: Record<string, string>, method = "GET") {
  const request = new IncomingMessage(new Socket());
  Object.assign(request, { url, method });
  Object.assign(request.headers, headers);
  const response = new ServerResponse(request);
  let sent = "";
  response.end = (text: unknown) => {
    sent += String(text);
    return response;
  };
  const answered = answerBounce(request, response, { sessionCookie: "mc_session", nonce: "n0nce" });
  return { answered, sent, cookie: String(response.getHeader("set-cookie") ?? "") };
}

test("a visit from elsewhere without a session is sent the same way once more, never a second time", () => {
  const first = arrive("/agents/agt_1?tab=logs", visit);
  expect(first.answered).toBe(true);
  const mark = first.cookie.split(";")[0] ?? "";
  expect(arrive("/agents/agt_1?tab=logs", { ...visit, cookie: `a=b; ${mark}` }).answered).toBe(false);
  expect(arrive("/alerts/alt_2", { ...visit, cookie: mark }).answered).toBe(true);
});

test("the page in between holds nothing that the link said", () => {
  const { sent } = arrive('/"><script>alert(1)</script>?to=//evil.example', visit);
  expect(sent).not.toMatch(/alert|evil/);
  expect(sent.match(/<script[^>]*>/g)).toEqual(['<script nonce="n0nce">']);
});

test.each<[string, string, Record<string, string>, string?]>([
  ["a visit with the session", "/", { ...visit, cookie: "mc_session=x" }],
  ["a visit from a page of ours", "/", { ...visit, "sec-fetch-site": "same-origin" }],
  ["a form that is sent", "/", visit, "POST"],
  ["a request by a script", "/", { ...visit, "sec-fetch-mode": "cors" }],
  ["a frame", "/", { ...visit, "sec-fetch-dest": "iframe" }],
  ["a client that does not say where it comes from", "/", {}],
  ["the page to sign in", "/login?to=%2Faudit", visit],
])("%s is not bounced", (_what, url, headers, method) => {
  expect(arrive(url, headers, method).answered).toBe(false);
});
