import { TRPCClientError } from "@trpc/client";
import { CommanderError } from "commander";
import { z } from "zod";
import { exitCodes } from "@/contracts/trust/rescue";

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

/** Words and exit code of anything that a command can end with. */
export function failureOf(error: unknown): Failure | null {
  if (error instanceof Failure) return error;
  if (error instanceof CommanderError) {
    // Commander has printed it already; help and version are no failures.
    return error.exitCode === 0 ? null : new Failure("", exitCodes.usage);
  }
  if (error instanceof TRPCClientError) {
    // What getting the credential ended with comes wrapped.
    if (error.cause instanceof Failure) return error.cause;
    const told = dataSchema.safeParse(error.data);
    if (!told.success) return new Failure(`The server does not answer: ${causeOf(error)}`);
    const { refusal, requestId } = told.data;
    const hint = refusal === "unauthenticated" ? " Run mc login, or set MC_API_TOKEN." : "";
    const request = refusal === "internal" && requestId ? ` (request ${requestId})` : "";
    return new Failure(`${error.message}${hint}${request}`, codeOfRefusal[refusal] ?? exitCodes.failed);
  }
  return new Failure(error instanceof Error ? error.message : String(error));
}

function causeOf(error: Error): string {
  let deepest: Error = error;
  while (deepest.cause instanceof Error) deepest = deepest.cause;
  return deepest.message || ("code" in deepest ? String(deepest.code) : "no answer");
}
