import { expect, test } from "vitest";
import { openApiDocument } from "./openapi";
import { restRoutes } from "./rest-routes";

const document = JSON.parse(JSON.stringify(openApiDocument("https://control.example.com")));

test("the document is OpenAPI 3.1 and covers every procedure", () => {
  expect(document.openapi).toMatch(/^3\.1\./);
  expect(document.servers).toEqual([{ url: "https://control.example.com/v1" }]);
  for (const { procedure, method, path, meta } of restRoutes) {
    const operation = document.paths[path]?.[method.toLowerCase()];
    expect(operation, procedure).toBeTruthy();
    expect(operation.summary, procedure).toBeTruthy();
    expect(operation.responses[String(meta.successStatus ?? 200)], procedure).toBeTruthy();
    expect(operation.responses.default, procedure).toBeTruthy();
    const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
    const declared = (operation.parameters ?? [])
      .filter((parameter: { in: string }) => parameter.in === "path")
      .map((parameter: { name: string }) => parameter.name);
    expect(declared.sort(), procedure).toEqual(named.sort());
  }
});

test("operation ids are unique and every reference leads somewhere", () => {
  const ids = Object.values(document.paths).flatMap((methods) =>
    Object.values(methods as Record<string, { operationId: string }>).map(({ operationId }) => operationId),
  );
  expect(new Set(ids).size).toBe(ids.length);
  for (const [, name] of JSON.stringify(document).matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)) {
    expect(document.components.schemas, name).toHaveProperty(name ?? "");
  }
});
