import type { z } from "zod";
import type { Out, OutResult } from "@/platform/out";
import { misconfigured, unreachable } from "./refusal";

const limits = { timeoutMs: 6_000, maxAnswerBytes: 1_000_000 };

/** Questions to the identity provider, by the guarded way, each bounded in time and size. */
export type Outside = {
  get(
    url: string,
    headers?: Record<string, string>,
    timeoutMs?: number,
  ): Promise<{ status: number; answer: string; clockThere?: Date | null }>;
  post(
    url: string,
    body: string,
    headers: Record<string, string>,
  ): Promise<{ status: number; answer: string }>;
  close(): void;
};

export function createOutside(out: Out): Outside {
  return {
    get: async (url, headers = {}, timeoutMs = limits.timeoutMs) =>
      answered(await out.get(url, { accept: "application/json", ...headers }, { ...limits, timeoutMs })),
    post: async (url, body, headers) =>
      answered(await out.post(url, body, { accept: "application/json", ...headers }, limits)),
    close: () => out.close(),
  };
}

function answered(result: OutResult): { status: number; answer: string; clockThere?: Date | null } {
  if (result.kind === "failed") throw unreachable(result.failure);
  if (result.status >= 500) throw unreachable(`It answered with ${result.status}.`);
  return result;
}

/** Reads JSON of a known shape; `what` names the document for the admin. */
export function readJson<Shape extends z.ZodType>(text: string, shape: Shape, what: string): z.output<Shape> {
  const parsed = shape.safeParse(parseJson(text));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw misconfigured(
    `${what} is not what was expected (${issue?.path.join(".") || "whole"}: ${issue?.message}).`,
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
