import { connect as connectTcp, type Socket as TcpSocket } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Board } from "@/contracts/wire/board-fold";
import { mainAccount } from "@/domain/kernel";
import { boardOf, joinConsole, startConsoleServer } from "@/testing/console-server";
import { eventually } from "@/testing/eventually";
import { waitingBytes } from "./waiting-bytes";

const account = mainAccount;
let page: Awaited<ReturnType<typeof startConsoleServer>>;

beforeAll(async () => {
  page = await startConsoleServer();
});
afterAll(() => page.stop());

const taskOn = (board: Board | null) => [...(board?.agents.values() ?? [])][0]?.agent.task;

/** A watcher that joins and then reads nothing: a raw WebSocket whose TCP socket is paused. */
async function stuckReader(): Promise<TcpSocket> {
  const tcp = connectTcp(page.port, "127.0.0.1");
  const text = (message: string) => {
    const body = Buffer.from(message);
    tcp.write(Buffer.concat([Buffer.from([0x81, 0x80 | body.length, 0, 0, 0, 0]), body]));
  };
  let heard = "";
  tcp.on("data", (data) => {
    heard += data.toString("latin1");
  });
  tcp.write(
    `GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\nCookie: user=stuck:viewer\r\n\r\n`,
  );
  await eventually(() => heard.includes("pingInterval"));
  text("40/console,");
  await eventually(() => heard.includes("40/console,{"));
  text('42/console,1["join",{"protocol":1}]');
  await eventually(() => heard.includes('"snapshot"'));
  tcp.pause();
  return tcp;
}

test("a watcher that stops reading is taken out of the room, holds a bounded amount, and resyncs when it reads", async () => {
  const healthy = page.open("mira:viewer");
  const board = boardOf(healthy);
  await joinConsole(healthy);
  await eventually(() => board.now);
  const tcp = await stuckReader();
  const socket = await eventually(() =>
    [...page.server.of("/console").sockets.values()].find((one) => one.data.caller.actor.name === "stuck"),
  );
  await eventually(() => socket.rooms.has(`board:${account}`));
  // Frames of some 300 kB: what the kernel takes is soon full.
  let count = 0;
  const huge = "x".repeat(300_000);
  let most = 0;
  await eventually(
    () => {
      page.beat(`${count++} ${huge}`);
      most = Math.max(most, waitingBytes(socket));
      return socket.data.behind;
    },
    { timeoutMs: 20_000, everyMs: 10 },
  );
  expect(socket.rooms.has(`board:${account}`)).toBe(false);
  const held = waitingBytes(socket);
  const seqThen = page.feed.snapshot(account).seq;
  await eventually(() => {
    page.beat(`${count++} ${huge}`);
    return page.feed.snapshot(account).seq > seqThen + 5;
  });
  expect(waitingBytes(socket)).toBeLessThanOrEqual(held + 10_000);
  expect(most).toBeLessThan(4 * 1024 * 1024);
  let heard = "";
  tcp.on("data", (data) => {
    heard = (heard + data.toString("latin1")).slice(-2_000_000);
  });
  tcp.resume();
  await eventually(() => heard.includes('["resync",{"reason":"behind"}]'), { timeoutMs: 15_000 });
  page.beat("after");
  await eventually(() => taskOn(board.now) === "after");
  expect(board.lost).toBe(false);
  tcp.destroy();
});
