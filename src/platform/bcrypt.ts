import { createRequire } from "node:module";
import { Worker } from "node:worker_threads";
import { mostBcryptCost } from "@/contracts/people/import-users";

const pattern = /^\$2[aby]\$(\d\d)\$[./A-Za-z0-9]{53}$/;

/**
 * The cost of a bcrypt hash, such as 10; null for a text that is none. Other programs made them: they are read here and
 * never written.
 */
export function bcryptCost(hash: string): number | null {
  const [, cost] = pattern.exec(hash) ?? [];
  return cost === undefined || Number(cost) < 4 || Number(cost) > 31 ? null : Number(cost);
}

/**
 * The library is JavaScript and holds its thread while it works, so it has one of its own; what comes together waits
 * in line there. Its answers come in the order of the questions.
 */
const program = `
const { parentPort, workerData } = require("node:worker_threads");
const bcrypt = require(workerData);
parentPort.on("message", ({ password, hash }) => parentPort.postMessage(bcrypt.compareSync(password, hash)));
`;

type Waiting = { resolve(matches: boolean): void; reject(error: Error): void };
let thread: { worker: Worker; waiting: Waiting[] } | undefined;

/** Whether the password made the hash. Only its first 72 bytes count, as bcrypt has it everywhere. */
export async function matchesBcrypt(hash: string, password: string): Promise<boolean> {
  const cost = bcryptCost(hash);
  if (cost === null || cost > mostBcryptCost) return false;
  thread ??= startThread();
  const { worker, waiting } = thread;
  worker.ref();
  const answer = new Promise<boolean>((resolve, reject) => waiting.push({ resolve, reject }));
  worker.postMessage({ password, hash });
  return answer;
}

function startThread() {
  const library = createRequire(import.meta.url).resolve("bcryptjs");
  const worker = new Worker(program, { eval: true, workerData: library });
  const waiting: Waiting[] = [];
  worker.on("message", (matches: boolean) => {
    waiting.shift()?.resolve(matches);
    // A thread without work must not keep the process alive.
    if (waiting.length === 0) worker.unref();
  });
  const end = (error: Error) => {
    if (thread?.worker === worker) thread = undefined;
    for (const { reject } of waiting.splice(0)) reject(error);
  };
  worker.on("error", end);
  worker.on("exit", () => end(new Error("The thread that reads bcrypt hashes has ended.")));
  return { worker, waiting };
}
