#!/usr/bin/env node
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const bundle = new URL("../dist/mc.mjs", import.meta.url);

// A fresh checkout has no dist/: the CLI alone takes esbuild a fraction of a second.
if (!existsSync(fileURLToPath(bundle))) {
  const { bundleCli } = await import("../scripts/bundle.mjs");
  await bundleCli();
}
await import(bundle.href);
