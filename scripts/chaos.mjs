import { spawnSync } from "node:child_process";
import { parseArgs } from "node:util";
import { buildIfStale } from "./start.mjs";

/**
 * Fault injection with a seeded number of tries: `npm run test:chaos -- --tries 20 --seed 7 [fault…]`. Kills and
 * stops real processes against the built server, so it builds first when the sources changed.
 */
const { values, positionals } = parseArgs({
  options: { tries: { type: "string", default: "1" }, seed: { type: "string" } },
  allowPositionals: true,
});
if (!/^[1-9]\d{0,5}$/.test(values.tries) || (values.seed !== undefined && !/^\d{1,10}$/.test(values.seed))) {
  console.error("Usage: npm run test:chaos -- [--tries N] [--seed N] [fault…], such as: --tries 20 r1 r4");
  process.exit(2);
}
buildIfStale();
const result = spawnSync("npx", ["vitest", "run", "--config", "vitest.chaos.config.ts", ...positionals], {
  stdio: "inherit",
  env: {
    ...process.env,
    MC_CHAOS_TRIES: values.tries,
    ...(values.seed === undefined ? {} : { MC_CHAOS_SEED: values.seed }),
  },
});
process.exit(result.status ?? 1);
