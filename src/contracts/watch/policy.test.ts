import { expect, test } from "vitest";
import { changePolicySchema, plainRoute, type Route } from "./policy";

const branch = (id: string, rest: Partial<Route> = {}): Route => ({ ...plainRoute, id, name: id, ...rest });

test("a value that was left out is refused wherever a matcher stands in the policy", () => {
  const blank = { label: "agent", op: "=" as const, value: "" };
  const kind = { label: "kind", op: "=" as const, value: "outage" };
  const deep = branch("deep", { matchers: [kind, blank] });
  const speaks = { id: "speaks", name: "Speaks", source: [blank], target: [kind], equal: [], enabled: true };
  const policy = {
    root: branch("root", { routes: [branch("critical", { routes: [deep] })] }),
    inhibitions: [speaks],
  };
  const message = expect.stringMatching(/^Say which agent\./);
  expect(changePolicySchema.safeParse({ version: 1, policy }).error?.issues).toMatchObject([
    { path: ["policy", "root", "routes", 0, "routes", 0, "matchers", 1, "value"], message },
    { path: ["policy", "inhibitions", 0, "source", 0, "value"], message },
  ]);
});
