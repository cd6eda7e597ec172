import { TRPCError } from "@trpc/server";
import type { ErrorCode } from "@/contracts/kernel/errors";
import "@/contracts/kernel/faults-in-words";
import { isRefusal, pgErrorOf, Refusal } from "@/domain/kernel";

/** What a person reads about a defect of ours: nothing of its inside, and the way to get help. */
export const internalMessage =
  "Something broke on our side. Try again, and give the request id to your admin if it stays.";

const codeOf: Partial<Record<TRPCError["code"], ErrorCode>> = {
  BAD_REQUEST: "invalid",
  PARSE_ERROR: "invalid",
  UNSUPPORTED_MEDIA_TYPE: "invalid",
  METHOD_NOT_SUPPORTED: "invalid",
  UNAUTHORIZED: "unauthenticated",
  FORBIDDEN: "forbidden",
  NOT_FOUND: "not-found",
  CONFLICT: "conflict",
  PAYLOAD_TOO_LARGE: "too-large",
  TOO_MANY_REQUESTS: "too-many",
  SERVICE_UNAVAILABLE: "unavailable",
};

/** What tRPC refuses by itself, in our words; its own tell of parsers. */
const sentenceOf: Partial<Record<TRPCError["code"], string>> = {
  PARSE_ERROR: "The body or the input is not valid JSON in UTF-8. Check quotes, commas and brackets.",
  BAD_REQUEST: "The request is not of the form that this address takes.",
  NOT_FOUND: "There is no such procedure. The page may be older than the server: load it again.",
  METHOD_NOT_SUPPORTED: "This procedure is not called by this method: questions are GET, changes are POST.",
  UNSUPPORTED_MEDIA_TYPE: 'The body must be JSON with "Content-Type: application/json".',
};

const connectionFaults = /^(ECONN|ENOTFOUND|EPIPE|ETIMEDOUT|CONNECT|CONNECTION_)/;

/**
 * Everything that can be thrown, as the refusal that the caller gets. Text that PostgreSQL can't store and numbers
 * out of its range are bad input; a database that is away is `unavailable`; the rest is a defect of ours.
 */
export function refusalFor(thrown: unknown): Refusal {
  if (isRefusal(thrown)) return thrown;
  if (thrown instanceof TRPCError) {
    const { cause } = thrown;
    if (isRefusal(cause)) return cause;
    if (thrown.code === "BAD_REQUEST" && isZodError(cause)) return invalidInput(cause.issues);
    if (cause && thrown.code === "INTERNAL_SERVER_ERROR") return refusalFor(cause);
    const code = codeOf[thrown.code];
    return code ? new Refusal(code, sentenceOf[thrown.code] ?? thrown.message) : defect();
  }
  const database = pgErrorOf(thrown);
  if (database?.code.startsWith("22")) {
    return new Refusal(
      "invalid",
      "The request holds characters or numbers that nothing here can have, such as U+0000 or a year far off.",
    );
  }
  if (isAway(thrown, database?.code)) {
    return new Refusal("unavailable", "The database is away at the moment. Try again in a few seconds.", {
      retryAfterMs: 2_000,
    });
  }
  return defect();
}

const defect = () => new Refusal("internal", internalMessage);

type Issue = { path: PropertyKey[]; message: string };

function isZodError(error: unknown): error is Error & { issues: Issue[] } {
  return error instanceof Error && "issues" in error && Array.isArray(error.issues);
}

/** Names each field and what is wrong with it; `details.fields` is for forms and programs. */
export function invalidInput(issues: readonly Issue[]): Refusal {
  const fields = issues.map(({ path, message }) => ({ path: path.map(String).join("."), message }));
  // Some messages are sentences of their own, and end like one.
  const said = fields
    .slice(0, 5)
    .map(({ path, message }) => `${path ? `${path}: ` : ""}${message.replace(/\.$/, "")}`);
  const more = fields.length > said.length ? `; and ${fields.length - said.length} more` : "";
  return new Refusal("invalid", `The request is not right. ${said.join("; ")}${more}.`, { fields });
}

/** 57P0x: shutting down or starting; 53300: no connection left; 08: connection lost. */
function isAway(thrown: unknown, code: string | undefined): boolean {
  if (code && (code.startsWith("57P") || code.startsWith("08") || code === "53300")) return true;
  for (let at: unknown = thrown; at instanceof Error; at = at.cause) {
    if ("code" in at && typeof at.code === "string" && connectionFaults.test(at.code)) return true;
  }
  return false;
}
