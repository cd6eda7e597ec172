import { TRPCClientError } from "@trpc/client";
import { errorCodes } from "@/contracts/kernel/error-codes";
import type { ErrorCode } from "@/contracts/kernel/errors";

/** What went wrong with a call, for people; `details` are the conflict or the fields, for the part that asked. */
export interface ApiRefusal {
  code: ErrorCode | "unreachable";
  message: string;
  details: unknown;
  requestId: string | null;
}

const unreachable =
  "Mission Control did not answer, so nothing was changed. Check the connection and try again.";

function isCode(code: unknown): code is ErrorCode {
  return errorCodes.some((known) => known === code);
}

/** The server's own sentence where it said one, else what it means that none came. */
export function refusalOf(error: unknown): ApiRefusal {
  if (!(error instanceof TRPCClientError) || !error.data) {
    return { code: "unreachable", message: unreachable, details: null, requestId: null };
  }
  const data = error.data as {
    refusal?: unknown;
    details?: unknown;
    requestId?: unknown;
    httpStatus?: unknown;
  };
  const code = isCode(data.refusal) ? data.refusal : data.httpStatus === 400 ? "invalid" : "internal";
  return {
    code,
    message: error.message,
    details: data.details ?? null,
    requestId: typeof data.requestId === "string" ? data.requestId : null,
  };
}

/** How long a refusal asks to wait, ms; 0 when it says nothing of it. */
export function waitMsOf(details: unknown): number {
  if (typeof details !== "object" || details === null || !("retryAfterMs" in details)) return 0;
  return typeof details.retryAfterMs === "number" && details.retryAfterMs > 0 ? details.retryAfterMs : 0;
}
