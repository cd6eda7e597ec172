import type { IncomingMessage } from "node:http";
import { z } from "zod";
import { invalid, Refusal } from "@/domain/kernel";
import { isNestedTooDeep, nestedTooDeep } from "./nesting";
import { readBody } from "./read-body";
import { invalidInput } from "./refusals";
import type { RestMatch, RestRoute } from "./rest-routes";

/** A body in another format than JSON; HTTP has a status of its own for that. */
export class WrongContentType extends Refusal {
  constructor(given: string | undefined) {
    super(
      "invalid",
      `The body must be JSON with "Content-Type: application/json"${given ? `, not ${given}` : ""}.`,
    );
  }
}

/** What the procedure gets: the body or the query, and the parameters of the path, which win. */
export async function restInput(
  req: IncomingMessage,
  match: RestMatch,
  query: URLSearchParams,
): Promise<unknown> {
  const given = match.route.takesBody ? await jsonBody(req) : queryInput(query, match.route.shape);
  demandKnown(Object.keys(given), match.route);
  return { ...given, ...match.params };
}

/**
 * A field that the procedure does not know is a slip of whoever wrote the script, and would be one that changes nothing or
 * asks for everything. Agents, from their enrolment on, may say more than this version knows: they are newer or older
 * than their server.
 */
function demandKnown(names: string[], { shape, procedure }: RestRoute): void {
  const known = Object.keys(shape);
  if (known.length === 0 || procedure.startsWith("agent.")) return;
  const message = `is no field of this request, whose fields are ${known.join(", ")}`;
  const strange = names.filter((name) => !Object.hasOwn(shape, name));
  if (strange.length > 0) throw invalidInput(strange.map((name) => ({ path: [name], message })));
}

async function jsonBody(req: IncomingMessage): Promise<Record<string, unknown>> {
  const type = req.headers["content-type"];
  const bytes = await readBody(req);
  if (bytes.length === 0) return {};
  if (!/^application\/json\s*(;|$)/i.test(type ?? "")) throw new WrongContentType(type);
  if (isNestedTooDeep(bytes)) throw invalid(nestedTooDeep);
  let body: unknown;
  try {
    body = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    throw invalid("The body is not valid JSON in UTF-8. Check quotes, commas and brackets.");
  }
  if (typeof body !== "object" || body === null || Array.isArray(body)) {
    throw invalid("The body must be a JSON object.");
  }
  return { ...body };
}

/** Query texts as the types that the schema wants; what does not fit stays text, for the schema to refuse by name. */
function queryInput(query: URLSearchParams, shape: Record<string, z.core.$ZodType>): Record<string, unknown> {
  // Names are strangers' words: "constructor" must meet neither what every object has nor what it inherits.
  const given = (name: string) => {
    const all = query.getAll(name);
    const schema = Object.hasOwn(shape, name) ? shape[name] : undefined;
    return schema && innerOf(schema)._zod.def.type === "array" ? all : typed(all, schema);
  };
  return Object.fromEntries([...new Set(query.keys())].map((name) => [name, given(name)]));
}

function typed(all: string[], schema: z.core.$ZodType | undefined): unknown {
  const [text] = all;
  if (all.length > 1 || text === undefined || !schema) return all.length > 1 ? all : text;
  const { type } = innerOf(schema)._zod.def;
  if (type === "number" && /^-?\d+(\.\d+)?$/.test(text)) return Number(text);
  if (type === "boolean" && /^(true|false)$/.test(text)) return text === "true";
  return text;
}

function innerOf(schema: z.core.$ZodType): z.core.$ZodType {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable || schema instanceof z.ZodDefault) {
    return innerOf(schema.unwrap());
  }
  return schema instanceof z.ZodPipe ? innerOf(schema.in) : schema;
}
