import { generateOpenApiDocument, type OpenApiRouter } from "trpc-to-openapi";
import { z } from "zod";
import { errorBodySchema } from "@/contracts/kernel/errors";
import { appRouter } from "../router";
import { oauthPaths } from "./oauth-paths";
import { type RestRoute, restRoutes } from "./rest-routes";

type Operation = {
  responses?: Record<string, unknown>;
  security?: Record<string, string[]>[];
  parameters?: unknown[];
};

const idempotencyKey = {
  name: "Idempotency-Key",
  in: "header",
  required: false,
  description: "A repeat with the same key and the same request gets the first answer and does nothing.",
  schema: { type: "string", maxLength: 200 },
};

/** The contract of `/v1`: OpenAPI 3.1, made from the procedures. `url` is the public origin. */
export function openApiDocument(url: string) {
  // The library's type of a router knows no meta with required fields.
  const document = generateOpenApiDocument(appRouter as unknown as OpenApiRouter, {
    title: "Mission Control",
    description:
      "Everything that the console does. Send an API token as bearer, or the console's session cookie. Lists are keyset pages.",
    version: "1",
    baseUrl: `${url}/v1`,
    securitySchemes: {
      bearer: {
        type: "http",
        scheme: "bearer",
        description: "mct_… API token, OAuth2 access token, or mca_… key of an agent",
      },
      cookie: { type: "apiKey", in: "cookie", name: "mc_session" },
    },
  });
  const { paths = {}, components = {} } = document;
  for (const route of restRoutes) {
    const byMethod = paths[route.path] as Record<string, Operation> | undefined;
    const operation = byMethod?.[route.method.toLowerCase()];
    if (operation) describe(operation, route);
  }
  const { $schema: _, ...errorSchema } = z.toJSONSchema(errorBodySchema);
  const schemas = { ...components.schemas, Error: errorSchema };
  return { ...document, paths: { ...paths, ...oauthPaths }, components: { ...components, schemas } };
}

/** What the generator can't know: our error body, the status of what makes something, who needs no credential. */
function describe(operation: Operation, { meta, type }: RestRoute): void {
  const good = meta.answers
    ? { description: "Done", content: { [meta.answers]: { schema: { type: "string" } } } }
    : operation.responses?.["200"];
  operation.responses = {
    [meta.successStatus ?? 200]: good ?? { description: "Done" },
    default: {
      description: "Refused; `code` says why",
      content: { "application/json": { schema: { $ref: "#/components/schemas/Error" } } },
    },
  };
  operation.security =
    meta.access === "public"
      ? []
      : meta.access === "agent"
        ? [{ bearer: [] }]
        : [{ bearer: [] }, { cookie: [] }];
  if (type === "mutation" && meta.access !== "public") {
    operation.parameters = [...(operation.parameters ?? []), idempotencyKey];
  }
}
