import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { serverFlags } from "../../scripts/server-flags.mjs";

test("however the server is started, Node is told the same", async () => {
  const { scripts } = JSON.parse(await readFile("package.json", "utf8"));
  expect(scripts.start).toContain(`node ${serverFlags.join(" ")} scripts/start.mjs`);
  const image = await readFile("Dockerfile", "utf8");
  expect(image).toContain(
    `CMD ${JSON.stringify(["node", ...serverFlags, "dist/server.mjs"]).replaceAll(",", ", ")}`,
  );
});
