import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, it } from "vitest";
import WebSocket, { WebSocketServer } from "ws";
import { eventually } from "@/testing/eventually";
import type { Insides } from "./insides";
import { mostUnreadBytes, writeText } from "./text-frames";

let server: WebSocketServer;
beforeAll(async () => {
  server = new WebSocketServer({ port: 0, host: "127.0.0.1" });
  await once(server, "listening");
});
afterAll(async () => {
  for (const client of server.clients) client.terminate();
  await new Promise((resolve) => server.close(resolve));
});

async function pair() {
  const client = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`);
  const heard: string[] = [];
  client.on("message", (data) => heard.push(String(data)));
  const opened = once(client, "open");
  const [ws] = (await once(server, "connection")) as [WebSocket];
  await opened;
  const insides: Pick<Insides, "ws" | "wire"> = { ws, wire: Reflect.get(ws, "_socket") };
  return { client, heard, ws, write: (text: string) => writeText(insides, text) };
}

it("writes texts of each length and script, in their turn among the library's own", async () => {
  const { client, heard, ws, write } = await pair();
  const lengths = [1, 125, 126, 65_535];
  const texts = [...lengths.map((length) => "x".repeat(length)), "Grüße, 世界 🚀", "ü".repeat(63), "after"];
  const long = "y".repeat(70_000);
  ws.send(long);
  for (const text of texts) {
    expect(write(text)).toBe(true);
    ws.send(`${text}, said the library`);
  }
  const all = [long, ...texts.flatMap((text) => [text, `${text}, said the library`])];
  await eventually(() => heard.length === all.length);
  expect(heard).toEqual(all);
  client.terminate();
});

it("leaves a longer text to the library, counted in bytes, and writes nothing behind a close", async () => {
  const { client, heard, ws, write } = await pair();
  expect(write("x".repeat(65_536))).toBe(false);
  expect(write("ü".repeat(32_768))).toBe(false);
  expect(write("ü".repeat(32_767))).toBe(true);
  ws.close();
  expect(write("too late")).toBe(false);
  await once(client, "close");
  expect(heard).toEqual(["ü".repeat(32_767)]);
});

it("cuts off who does not read, before memory grows", async () => {
  const { client, ws, write } = await pair();
  client.pause();
  const closed = once(ws, "close");
  let written = 0;
  while (ws.readyState === WebSocket.OPEN && written < 500_000) {
    for (let at = 0; at < 1_000; at++) if (write("x".repeat(125))) written += 1;
    expect(ws.bufferedAmount).toBeLessThanOrEqual(mostUnreadBytes + 127);
    await new Promise((resolve) => setImmediate(resolve));
  }
  await closed;
  client.terminate();
});
