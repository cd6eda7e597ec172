import WebSocket from "ws";
import { eventually } from "@/testing/eventually";

/** What a process holds when its garbage is collected, in bytes: `held` lives in the heap or hangs on it. */
export type HeldMemory = { held: number; resident: number };

/** Lets `memoryOf` look into a Node process that is started with it. */
export const inspectable = { NODE_OPTIONS: "--inspect=127.0.0.1:0" };

/** Collects the garbage of a process and measures; by its inspector, whose address stands in what it printed. */
export async function memoryOf(printed: string): Promise<HeldMemory> {
  const address = [...printed.matchAll(/Debugger listening on (ws:\S+)/g)].at(-1)?.[1];
  if (!address) throw new Error("The process was not started with an inspector.");
  const socket = new WebSocket(address, { perMessageDeflate: false });
  const answers = new Map<number, { result?: { value?: string } }>();
  socket.on("message", (data) => {
    const { id, result } = JSON.parse(String(data));
    if (typeof id === "number") answers.set(id, result);
  });
  await new Promise((opened, failed) => {
    socket.once("open", opened);
    socket.once("error", failed);
  });
  const ask = async (id: number, method: string, params: object = {}) => {
    socket.send(JSON.stringify({ id, method, params }));
    return eventually(() => answers.get(id), { timeoutMs: 20_000 });
  };
  try {
    await ask(1, "HeapProfiler.collectGarbage");
    await ask(2, "HeapProfiler.collectGarbage");
    const expression = "JSON.stringify(process.memoryUsage())";
    const usage = JSON.parse((await ask(3, "Runtime.evaluate", { expression })).result?.value ?? "{}");
    return { held: usage.heapUsed + usage.external, resident: usage.rss };
  } finally {
    socket.terminate();
  }
}
