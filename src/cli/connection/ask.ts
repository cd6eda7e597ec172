import { createInterface } from "node:readline/promises";
import { Writable } from "node:stream";

/** One line of standard input; a password is not shown while it is typed. The end of the input is an empty line. */
export async function ask(question: string, shown: boolean): Promise<string> {
  // A shown question is the reader's own prompt: it draws its line anew and would wipe what stands there otherwise.
  if (!shown) process.stderr.write(question);
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const reader = createInterface({
    input: process.stdin,
    output: shown ? process.stderr : silent,
    terminal: process.stdin.isTTY,
  });
  try {
    const ended = new Promise<string>((resolve) => reader.once("close", () => resolve("")));
    return await Promise.race([reader.question(shown ? question : ""), ended]);
  } finally {
    reader.close();
    if (!shown) process.stderr.write("\n");
  }
}
