import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { builtStamp, currentStamp } from "./stamp.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
process.env.NEXT_TELEMETRY_DISABLED ??= "1";
process.env.NODE_ENV ??= "production";

/** Builds when there is no build, or when its stamp is not that of the sources. An image without sources just runs. */
export function buildIfStale() {
  const built = ["dist/server.mjs", ".next/BUILD_ID"].every((path) =>
    existsSync(new URL(`../${path}`, import.meta.url)),
  );
  if (built && (!existsSync(new URL("../src/server.ts", import.meta.url)) || builtStamp() === currentStamp()))
    return;
  console.log(built ? "The sources have changed since the last build: building." : "No build yet: building.");
  const result = spawnSync("npm", ["run", "-s", "build"], {
    cwd: root,
    stdio: "inherit",
    shell: process.platform === "win32",
    env: { ...process.env, NODE_ENV: "production" },
  });
  if (result.status !== 0) {
    console.error("The build failed, so the server was not started. The reason is above.");
    process.exit(result.status ?? 1);
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  buildIfStale();
  await import("../dist/server.mjs");
}
