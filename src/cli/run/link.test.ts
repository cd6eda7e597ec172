import { setTimeout as sleep } from "node:timers/promises";
import { expect, it } from "vitest";
import { startCrookedServer } from "@/testing/crooked-server";
import { eventually } from "@/testing/eventually";
import { Link } from "./link";

it("asks once for a connection that somebody is in a hurry for, also when one was due later", async () => {
  const server = await startCrookedServer();
  const identity = { sessionId: "one" };
  const events = { welcome() {}, command() {}, lost() {}, refused() {} };
  const link = new Link({ url: server.url, key: "k", tls: {}, identity, endedAt: () => undefined }, events);
  link.open();
  await link.whenReady();
  // A slow server: it still thinks when the try comes that the lost connection had arranged for.
  server.admit = () => sleep(1_500);
  for (const socket of server.sockets()) socket.disconnect();
  await eventually(() => !link.ready);
  link.hurry();
  await link.whenReady();
  expect(server.handshakes).toBe(2);
  link.close();
  await server.stop();
});
