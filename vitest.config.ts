import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const source = fileURLToPath(new URL("./src", import.meta.url));

/**
 * Two projects: `unit` needs nothing but Node (`npm run verify` runs it alone), `integration` gets one real
 * PostgreSQL for the whole run. Two workers: the databases and servers under test need a core as well. The files of a
 * worker share the modules they load: loading them anew for each took as long as the tests. So none may rely on what a
 * module keeps (`--sequence.shuffle.files` shows whether that is still so).
 */
export default defineConfig({
  test: {
    pool: "forks",
    maxWorkers: 2,
    projects: [
      {
        resolve: { alias: { "@": source } },
        test: {
          name: "unit",
          pool: "forks",
          isolate: false,
          include: ["src/**/*.test.ts", "src/**/*.test.tsx"],
          exclude: ["src/**/*.it.test.ts", "src/**/*.it.test.tsx", "src/**/*.chaos.test.ts"],
          // Properties are tried hundreds of times, also on a machine that gets a tenth of its processor.
          testTimeout: 60_000,
        },
      },
      {
        resolve: { alias: { "@": source } },
        test: {
          name: "integration",
          pool: "forks",
          isolate: false,
          include: ["src/**/*.it.test.ts", "src/**/*.it.test.tsx"],
          globalSetup: ["src/testing/global-setup.ts"],
          // Longer than what a test waits for at most, so that the condition that did not come true is what fails.
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
