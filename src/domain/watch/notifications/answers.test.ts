import { expect, test } from "vitest";
import { judgeSlackAnswer, judgeTeamsAnswer, judgeWebhookAnswer } from "./answers";

const judge = (status: number, answer = "") =>
  judgeTeamsAnswer({ kind: "answered", status, answer, retryAfterMs: null, tookMs: 1 }).verdict;

test("what the two kinds of webhook say when they take a message", () => {
  expect(judge(202)).toBe("delivered");
  expect(judge(200, "1")).toBe("delivered");
  expect(judge(200, "whatever")).toBe("delivered");
  // Who stands between and asks for a sign-in has told nobody.
  expect(judge(200, "<!DOCTYPE html><title>Sign in</title>")).toBe("unclear");
});

test("an old connector says 1; what it never says is not believed, and not sent again on a guess either", () => {
  const connector = (answer: string) =>
    judgeTeamsAnswer({ kind: "answered", status: 200, answer, retryAfterMs: null, tookMs: 1 }, true).verdict;
  expect([connector("1"), connector(" 1\n")]).toEqual(["delivered", "delivered"]);
  expect([connector(""), connector("<html>Sign in</html>")]).toEqual(["unclear", "unclear"]);
  expect(
    connector("Webhook message delivery failed with error: Microsoft Teams endpoint returned HTTP error 429"),
  ).toBe("retry");
});

test("Slack says ok, and anybody's own receiver any 2xx", () => {
  const answered = (status: number, answer: string) =>
    ({ kind: "answered", status, answer, retryAfterMs: null, tookMs: 1 }) as const;
  expect(judgeSlackAnswer(answered(200, "ok")).verdict).toBe("delivered");
  expect(judgeSlackAnswer(answered(200, "<html>captive portal</html>")).verdict).toBe("unclear");
  expect(judgeSlackAnswer(answered(404, "no_service")).verdict).toBe("refused");
  expect(judgeSlackAnswer(answered(500, "rollup_error")).verdict).toBe("retry");
  expect(judgeWebhookAnswer(answered(204, "")).verdict).toBe("delivered");
  expect(judgeWebhookAnswer(answered(302, "")).verdict).toBe("refused");
});

test("a 200 that tells of a failure is none", () => {
  const inner = (status: number) =>
    `Webhook message delivery failed with error: Microsoft Teams endpoint returned HTTP error ${status} with ContextId tcid=0`;
  expect(judge(200, inner(429))).toBe("retry");
  expect(judge(200, inner(500))).toBe("retry");
  expect(judge(200, inner(413))).toBe("refused");
  expect(judge(200, "Bad payload received by generic incoming webhook.")).toBe("refused");
});

test("later, or never", () => {
  for (const status of [408, 425, 429, 500, 502, 503, 504])
    expect([status, judge(status)]).toEqual([status, "retry"]);
  for (const status of [301, 400, 401, 403, 404, 410, 413])
    expect([status, judge(status)]).toEqual([status, "refused"]);
  const failed = (why: "timeout" | "unreachable" | "forbidden" | "bad-address") =>
    judgeTeamsAnswer({ kind: "failed", why, failure: "…", tookMs: 1 }).verdict;
  expect([failed("timeout"), failed("unreachable")]).toEqual(["retry", "retry"]);
  expect([failed("forbidden"), failed("bad-address")]).toEqual(["refused", "refused"]);
});
