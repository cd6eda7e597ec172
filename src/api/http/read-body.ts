import type { IncomingMessage } from "node:http";
import { Refusal } from "@/domain/kernel";

export const maxBodyBytes = 1_048_576;
/** What is still read of a body that was refused, so that its sender gets to see the answer. */
const drainBytes = 8 * maxBodyBytes;

/** The whole body, refused when it is longer than 1 MiB: nobody fills the memory with one request. */
export function readBody(req: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  return new Promise((resolve, reject) => {
    const tooLarge = () =>
      reject(new Refusal("too-large", "The body is larger than 1 MiB. Send less at a time."));
    if (Number(req.headers["content-length"] ?? 0) > maxBodyBytes) tooLarge();
    req.on("data", (chunk: Buffer) => {
      size += chunk.length;
      if (size <= maxBodyBytes) chunks.push(chunk);
      else {
        chunks.length = 0;
        tooLarge();
        if (size > drainBytes) req.destroy();
      }
    });
    req.once("end", () => resolve(Buffer.concat(chunks)));
    req.once("error", reject);
    req.once("close", () =>
      reject(new Refusal("invalid", "The connection closed before the body had come.")),
    );
  });
}
