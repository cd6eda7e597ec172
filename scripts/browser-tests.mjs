import { spawnSync } from "node:child_process";

/** `npm test` on a machine that cannot have a browser: says what was left out instead of failing. */
if (process.env.MC_SKIP_BROWSER) {
  console.log("Browser tests left out, because MC_SKIP_BROWSER is set.");
  process.exit(0);
}
const result = spawnSync("npx", ["playwright", "test", ...process.argv.slice(2)], {
  stdio: "inherit",
  shell: process.platform === "win32",
});
process.exit(result.status ?? 1);
