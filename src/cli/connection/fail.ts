import { TRPCClientError } from "@trpc/client";
import type { AnyRouter } from "@trpc/server";
import { CommanderError, InvalidArgumentError } from "commander";
import { z } from "zod";
import { errorBodySchema } from "@/contracts/kernel/errors";
import { exitCodes } from "@/contracts/trust/rescue";
import { strangerWords } from "./fault-words";

/** Ends the command with words and a code of its own. */
export class Failure extends Error {
  constructor(
    message: string,
    readonly exitCode: number = exitCodes.failed,
  ) {
    super(message);
  }
}

const dataSchema = z.object({ refusal: z.string(), requestId: z.string().nullable() });

const codeOfRefusal: Record<string, number> = {
  invalid: exitCodes.usage,
  unauthenticated: exitCodes.notAuthorised,
  forbidden: exitCodes.notAuthorised,
  "not-found": exitCodes.notFound,
};

/** The exit code for what the server refuses with a code of its own. */
export const exitCodeOf = (refusal: string): number => codeOfRefusal[refusal] ?? exitCodes.failed;

/** Words and exit code of anything that a command can end with. */
export function failureOf(error: unknown): Failure | null {
  if (error instanceof Failure) return error;
  // Thrown where Commander does not print it: with an option's value that is only read while the command runs.
  if (error instanceof InvalidArgumentError) return new Failure(error.message, exitCodes.usage);
  if (error instanceof CommanderError) {
    // Commander has printed it already; help and version are no failures.
    return error.exitCode === 0 ? null : new Failure("", exitCodes.usage);
  }
  if (error instanceof TRPCClientError) {
    // What getting the credential ended with comes wrapped.
    if (error.cause instanceof Failure) return error.cause;
    const told = dataSchema.safeParse(error.data);
    if (!told.success) return failureOfAnswer(error);
    const { refusal, requestId } = told.data;
    const hint = refusal === "unauthenticated" ? " Run mc login, or set MC_API_TOKEN." : "";
    const request = refusal === "internal" && requestId ? ` (request ${requestId})` : "";
    return new Failure(`${error.message}${hint}${request}`, exitCodeOf(refusal));
  }
  return new Failure(error instanceof Error ? error.message : String(error));
}

/** Whether the server refused because it does not know the credential, or not any more. */
export function isUnauthenticated(error: unknown): boolean {
  if (!(error instanceof TRPCClientError)) return false;
  return dataSchema.safeParse(error.data).data?.refusal === "unauthenticated";
}

/** An answer that is none of a procedure: what stands before them has refused, or somebody else answers. */
function failureOfAnswer({ meta, message }: TRPCClientError<AnyRouter>): Failure {
  const { error: refused } = errorBodySchema.safeParse(meta?.responseJSON).data ?? {};
  if (refused && refused.code !== "not-found") return new Failure(refused.message, exitCodeOf(refused.code));
  if (!(meta?.response instanceof Response))
    return new Failure(`The answer did not come whole; try again. (${message})`);
  const [url = meta.response.url] = meta.response.url.split("/api/trpc");
  return new Failure(strangerWords(url, meta.response.status));
}
