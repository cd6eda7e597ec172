import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

/** `npm run bench [-- now P1 P8 …]`: bundles the benchmark and its load programs, then runs it on the built product. */
const root = fileURLToPath(new URL("..", import.meta.url));
if (!existsSync(`${root}/dist/server.mjs`) || !existsSync(`${root}/.next/BUILD_ID`)) {
  process.stderr.write("The benchmark measures the built product: run `npm run build` first.\n");
  process.exit(1);
}
await build({
  absWorkingDir: root,
  entryPoints: ["bench/main.ts", "bench/load/fleet.ts", "bench/load/watchers.ts", "bench/load/clicks.ts"],
  outdir: "dist/bench",
  outExtension: { ".js": ".mjs" },
  bundle: true,
  platform: "node",
  target: "node20",
  format: "esm",
  packages: "external",
  sourcemap: true,
  logLevel: "warning",
});
const child = spawn(
  process.execPath,
  ["--enable-source-maps", "dist/bench/main.mjs", ...process.argv.slice(2)],
  {
    cwd: root,
    stdio: "inherit",
  },
);
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => child.kill("SIGTERM"));
child.on("exit", (code) => process.exit(code ?? 1));
