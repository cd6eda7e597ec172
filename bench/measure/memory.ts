import { WebSocket } from "ws";
import { rssBytes } from "./cpu";
import { sleep } from "./moment";

/**
 * Memory of a Node process after a full garbage collection, in bytes: what it needs, not what it has not swept yet.
 * SIGUSR1 opens Node's own inspector on `port`, which costs nothing until then.
 */
export async function settledRss(pid: number, port: number): Promise<number> {
  process.kill(pid, "SIGUSR1");
  const inspector = await connect(port);
  for (let round = 0; round < 3; round++) {
    await inspector.ask("HeapProfiler.collectGarbage");
    await sleep(150);
  }
  // A process with a debugger attached does not exit.
  inspector.close();
  return rssBytes(pid);
}

type Inspector = { ask(method: string): Promise<void>; close(): void };

async function connect(port: number): Promise<Inspector> {
  for (let attempt = 0; attempt < 100; attempt++) {
    try {
      const answer = await fetch(`http://127.0.0.1:${port}/json/list`);
      const [target] = (await answer.json()) as { webSocketDebuggerUrl: string }[];
      if (target) return await session(target.webSocketDebuggerUrl);
    } catch {
      await sleep(50);
    }
  }
  throw new Error("The process does not open its inspector.");
}

async function session(url: string): Promise<Inspector> {
  const socket = new WebSocket(url);
  await new Promise((resolve, reject) => {
    socket.once("open", resolve);
    socket.once("error", reject);
  });
  let id = 0;
  const ask = (method: string) =>
    new Promise<void>((resolve) => {
      const wanted = ++id;
      const listen = (data: unknown) => {
        if (JSON.parse(String(data)).id !== wanted) return;
        socket.off("message", listen);
        resolve();
      };
      socket.on("message", listen);
      socket.send(JSON.stringify({ id: wanted, method }));
    });
  return { ask, close: () => socket.terminate() };
}
