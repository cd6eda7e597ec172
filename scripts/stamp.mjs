import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const stampFile = join(root, "dist", "build-stamp");
const inputs = [
  "src",
  "public",
  "package-lock.json",
  "next.config.mjs",
  "postcss.config.mjs",
  "tsconfig.json",
  "scripts/bundle.mjs",
  "scripts/compress-static.mjs",
];

/** Tests and test tools are not in the build, so changing them does not make it stale. */
const isTest = (path) => /\.test\.tsx?$/.test(path) || path.startsWith("src/testing/");

function* filesUnder(path) {
  let entries;
  try {
    entries = readdirSync(path, { withFileTypes: true });
  } catch (error) {
    if (error.code === "ENOTDIR") yield path;
    else if (error.code !== "ENOENT") throw error;
    return;
  }
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const child = join(path, entry.name);
    if (entry.isDirectory()) yield* filesUnder(child);
    else yield child;
  }
}

/** Hash of what the build reads: a checkout, a copy or a restored cache changes times, but not contents. */
export function currentStamp() {
  const hash = createHash("sha256");
  for (const input of inputs) {
    for (const file of filesUnder(join(root, input))) {
      const name = relative(root, file);
      if (isTest(name)) continue;
      hash.update(`${name}\0`).update(readFileSync(file)).update("\0");
    }
  }
  return hash.digest("hex");
}

/** The stamp of the last finished build, or undefined when there is none. */
export function builtStamp() {
  try {
    return readFileSync(stampFile, "utf8");
  } catch {
    return undefined;
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url) && process.argv[2] === "write") {
  mkdirSync(join(root, "dist"), { recursive: true });
  writeFileSync(stampFile, currentStamp());
}
