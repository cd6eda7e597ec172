import type { IncomingMessage, ServerResponse } from "node:http";
import { promisify } from "node:util";
import { constants, gzip } from "node:zlib";
import type { ErrorBody } from "@/contracts/kernel/errors";
import { httpStatusOf } from "@/contracts/kernel/errors";
import type { Refusal } from "@/domain/kernel";
import { gzipStarted, mostPieceBytes, type StartedText } from "@/platform/web/started-text";

const compress = promisify(gzip);
/** Below this a compressed answer saves less than it costs. */
const compressAboveBytes = 4_096;

/** Sends a whole answer, compressed off the main thread when it is long and the caller takes gzip. */
export async function send(
  req: IncomingMessage,
  res: ServerResponse,
  status: number,
  body: string | Buffer | StartedText,
  type = "application/json; charset=utf-8",
): Promise<void> {
  res.statusCode = status;
  if (!res.hasHeader("Cache-Control")) res.setHeader("Cache-Control", "no-store");
  res.setHeader("Vary", "Accept-Encoding, Cookie, Authorization");
  const { bytes, encoding } = await encode(body, takesGzip(req));
  if (encoding) res.setHeader("Content-Encoding", encoding);
  res.setHeader("Content-Type", type);
  res.setHeader("Content-Length", bytes.length);
  res.end(bytes);
}

async function encode(
  body: string | Buffer | StartedText,
  gzips: boolean,
): Promise<{ bytes: Buffer; encoding?: "gzip" }> {
  if (typeof body === "string") return encode(Buffer.from(body), gzips);
  if (!Buffer.isBuffer(body)) {
    if (gzips) return { bytes: await gzipStarted(body), encoding: "gzip" };
    return { bytes: Buffer.from(body.start.text + body.rest) };
  }
  if (!gzips || body.length <= compressAboveBytes) return { bytes: body };
  const chunkSize = Math.min(body.length, mostPieceBytes);
  return { bytes: await compress(body, { level: constants.Z_BEST_SPEED, chunkSize }), encoding: "gzip" };
}

function takesGzip(req: IncomingMessage): boolean {
  return /(?:^|[\s,])(?:gzip|\*)(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))/.test(
    String(req.headers["accept-encoding"] ?? ""),
  );
}

/** Sends the error body of the surface; `status` where HTTP has a finer word than the code. */
export async function sendRefusal(
  req: IncomingMessage,
  res: ServerResponse,
  refusal: Refusal,
  requestId: string,
  status = httpStatusOf[refusal.code],
): Promise<void> {
  const { code, message, details } = refusal;
  const body: ErrorBody = {
    error: { code, message, requestId, ...(details === undefined ? {} : { details }) },
  };
  const wait = retryAfterSeconds(refusal);
  if (wait) res.setHeader("Retry-After", wait);
  if (status === 401) res.setHeader("WWW-Authenticate", 'Bearer realm="Mission Control"');
  await send(req, res, status, JSON.stringify(body));
}

/** Whole seconds for `Retry-After`, at least one; undefined when the refusal says nothing about when. */
export function retryAfterSeconds({ details }: Refusal): string | undefined {
  if (typeof details !== "object" || details === null || !("retryAfterMs" in details)) return undefined;
  return String(Math.max(1, Math.ceil(Number(details.retryAfterMs) / 1_000)));
}
