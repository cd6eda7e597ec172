import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

/** Fault injection: real processes are killed and stopped, so the files run one after the other. */
export default defineConfig({
  resolve: { alias: { "@": fileURLToPath(new URL("./src", import.meta.url)) } },
  test: {
    name: "chaos",
    pool: "forks",
    maxWorkers: 1,
    fileParallelism: false,
    include: ["src/**/*.chaos.test.ts", "e2e/chaos/**/*.test.ts"],
    globalSetup: ["src/testing/global-setup.ts"],
    testTimeout: 180_000,
    hookTimeout: 120_000,
    passWithNoTests: true,
  },
});
