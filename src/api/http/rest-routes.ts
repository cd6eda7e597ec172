import { z } from "zod";
import { appRouter } from "../router";
import type { Meta } from "../trpc";

export type RestRoute = {
  /** Path of the procedure, `agents.create`. */
  procedure: string;
  type: "query" | "mutation";
  method: string;
  /** `/agents/{id}`, below `/v1`. */
  path: string;
  meta: Meta;
  takesBody: boolean;
  input: z.core.$ZodType;
  /** Fields of the input. */
  shape: Record<string, z.core.$ZodType>;
};
export type RestMatch = { route: RestRoute; params: Record<string, string> };

/** The router's record is flat at run time, `agents.create`; its type is nested. */
const procedures = appRouter._def.procedures as unknown as Record<
  string,
  { _def: { type: string; meta?: Meta; inputs: unknown[] } }
>;

/** Every procedure as a REST route; the same list feeds the document, the tests and the handler. */
export const restRoutes: readonly RestRoute[] = Object.entries(procedures).flatMap(
  ([procedure, { _def }]) => {
    const { meta } = _def;
    if (!meta?.openapi || _def.type === "subscription") return [];
    const { method, path } = meta.openapi;
    return {
      procedure,
      type: _def.type === "mutation" ? ("mutation" as const) : ("query" as const),
      method,
      path,
      meta,
      takesBody: method !== "GET" && method !== "DELETE",
      input: _def.inputs[0] instanceof z.ZodType ? _def.inputs[0] : z.object({}),
      shape: shapeOf(_def.inputs[0]),
    };
  },
);

function shapeOf(schema: unknown): RestRoute["shape"] {
  if (schema instanceof z.ZodPrefault || schema instanceof z.ZodDefault || schema instanceof z.ZodOptional) {
    return shapeOf(schema.unwrap());
  }
  return schema instanceof z.ZodObject ? schema.shape : {};
}

const patterns = restRoutes.map((route) => ({
  route,
  names: [...route.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? ""),
  pattern: new RegExp(
    `^${route.path.replace(/[.*+?^$()|[\]\\]/g, "\\$&").replace(/\{\w+\}/g, "([^/]+)")}/?$`,
  ),
  // Fixed words before parameters: `/auth/sessions` is not the session called "sessions".
  parameters: route.path.split("{").length,
}));
patterns.sort((left, right) => left.parameters - right.parameters);

/** The route of a path below `/v1`; `allowed` are the methods of the path when the method is not one of them. */
export function matchRest(method: string, path: string): RestMatch | { allowed: string[] } {
  const wanted = method === "HEAD" ? "GET" : method;
  const allowed: string[] = [];
  for (const { route, names, pattern } of patterns) {
    const found = pattern.exec(path);
    if (!found) continue;
    if (route.method !== wanted) {
      allowed.push(route.method);
      continue;
    }
    const params = names.map((name, index) => [name, decodeURIComponent(found[index + 1] ?? "")] as const);
    return { route, params: Object.fromEntries(params) };
  }
  return { allowed: [...new Set(allowed)] };
}
