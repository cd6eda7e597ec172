import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, it } from "vitest";
import WebSocket, { WebSocketServer } from "ws";
import { eventually } from "@/testing/eventually";
import { insidesOf } from "./insides";
import { textFrame, writeFrame } from "./text-frames";

let server: WebSocketServer;
beforeAll(async () => {
  server = new WebSocketServer({ port: 0, host: "127.0.0.1" });
  await once(server, "listening");
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

async function pair() {
  const client = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`);
  const heard: string[] = [];
  client.on("message", (data) => heard.push(String(data)));
  const [ws] = (await once(server, "connection")) as [WebSocket];
  const insides = insidesOf({ transport: { socket: ws } });
  if (!insides) throw new Error("ws keeps its socket elsewhere now: beats and frames go the long way.");
  return { client, heard, ws, write: (text: string) => writeFrame(insides, textFrame(text)) };
}

it("writes texts of any length and script, each in its turn among the library's own", async () => {
  const { client, heard, ws, write } = await pair();
  const lengths = [0, 1, 125, 126, 65_535, 65_536, 300_000];
  const texts = [...lengths.map((length) => "x".repeat(length)), "Grüße, 世界 🚀", "ü".repeat(63), "after"];
  for (const text of texts) {
    expect(write(text)).toBe(true);
    ws.send(`${text}, said the library`);
  }
  const all = texts.flatMap((text) => [text, `${text}, said the library`]);
  await eventually(() => heard.length === all.length);
  expect(heard).toEqual(all);
  client.terminate();
});

it("writes nothing behind a close", async () => {
  const { client, heard, ws, write } = await pair();
  expect(write("before")).toBe(true);
  ws.close();
  expect(write("too late")).toBe(false);
  await once(client, "close");
  expect(heard).toEqual(["before"]);
});
