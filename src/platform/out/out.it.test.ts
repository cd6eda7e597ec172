import { afterAll, beforeAll, expect, test } from "vitest";
import { startTeamsServer, type TeamsServer } from "@/testing/teams-server";
import { systemClock } from "../clock";
import { createLog } from "../log";
import { createOut } from "./out";

let service: TeamsServer;
const parts = { clock: systemClock, log: createLog("silent") };
const out = createOut({ allow: ["127.0.0.0/8"], ...parts });
const limits = { timeoutMs: 5_000, maxAnswerBytes: 100 };

beforeAll(async () => {
  service = await startTeamsServer();
});
afterAll(async () => {
  out.close();
  await service.stop();
});

test("answers what came back, cut, with Retry-After", async () => {
  const answer = {
    kind: "answer" as const,
    status: 429,
    body: "x".repeat(5_000),
    headers: { "retry-after": "7" },
  };
  await service.script("/cut", [answer]);
  const result = await out.post(
    service.url("/cut"),
    '{"a":"ü"}',
    { "content-type": "application/json" },
    limits,
  );
  expect(result).toMatchObject({
    kind: "answered",
    status: 429,
    answer: "x".repeat(100),
    retryAfterMs: 7_000,
  });
  expect((await service.received("/cut"))[0]?.body).toBe('{"a":"ü"}');
});

test("a redirect is not followed", async () => {
  await service.script("/away", [
    { kind: "answer", status: 302, headers: { location: service.url("/secret") } },
  ]);
  expect(await out.post(service.url("/away"), "{}", {}, limits)).toMatchObject({
    kind: "answered",
    status: 302,
  });
  expect(await service.received("/secret")).toEqual([]);
});

test("trouble is an answer in words, never an exception", async () => {
  await service.script("/hang", [{ kind: "hang" }]);
  await service.script("/reset", [{ kind: "reset" }]);
  const soon = { ...limits, timeoutMs: 300 };
  expect(await out.post(service.url("/hang"), "{}", {}, soon)).toMatchObject({
    kind: "failed",
    why: "timeout",
  });
  expect(await out.post(service.url("/reset"), "{}", {}, limits)).toMatchObject({
    kind: "failed",
    why: "unreachable",
  });
  expect(await out.post("http://127.0.0.1:1/", "{}", {}, limits)).toMatchObject({
    failure: "127.0.0.1 refused the connection. Is the service running, and is the port right?",
  });
  expect(await out.post("ftp://127.0.0.1/", "{}", {}, limits)).toMatchObject({ why: "bad-address" });
  expect(await out.post("http://no-such-host.invalid/", "{}", {}, limits)).toMatchObject({ kind: "failed" });
});

test("an answer that never ends counts by its status: the message was taken", async () => {
  await service.script("/drip", [{ kind: "drip", everyMs: 20 }]);
  const result = await out.post(service.url("/drip"), "{}", {}, { timeoutMs: 400, maxAnswerBytes: 1_000 });
  expect(result).toMatchObject({ kind: "answered", status: 202 });
});

test("nothing is sent to a private address that is not allowed, by whatever name", async () => {
  const guarded = createOut({ allow: [], ...parts });
  const port = new URL(service.url("/ssrf")).port;
  for (const host of [
    "127.0.0.1",
    "localhost",
    "2130706433",
    "0x7f.1",
    "[::1]",
    "[::ffff:127.0.0.1]",
    "0.0.0.0",
  ]) {
    const result = await guarded.post(`http://${host}:${port}/ssrf`, "{}", {}, limits);
    expect([host, result.kind === "failed" && result.why]).toEqual([host, "forbidden"]);
    expect([host, guarded.refusal(`http://${host}:${port}/ssrf`)]).toEqual([
      host,
      expect.stringContaining("MC_OUTBOUND_ALLOW"),
    ]);
  }
  expect(await service.received("/ssrf")).toEqual([]);
  guarded.close();
});

test("an address is only refused beforehand when it tells by itself where it leads", () => {
  for (const url of [
    "https://hooks.example.com/x",
    "https://intranet.example/x",
    "https://93.184.216.34/x",
    "http://127.0.0.1:9/x",
    "http://localhost:9/x",
    "no address",
  ])
    expect([url, out.refusal(url)]).toEqual([url, null]);
  expect(out.refusal("http://10.1.2.3:99/x")).toContain("10.1.2.3 is an address inside a private network");
});
