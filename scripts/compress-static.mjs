import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

/**
 * Writes each script and style of the build a second and third time, compressed: done once and well here, instead of
 * quickly and for every visitor by the server, whose time belongs to the agents.
 */
const folder = fileURLToPath(new URL("../.next/static", import.meta.url));
const leastBytes = 1_024;

for (const name of readdirSync(folder, { recursive: true })) {
  if (!/\.(js|css)$/.test(name)) continue;
  const path = `${folder}/${name}`;
  if (statSync(path).size < leastBytes) continue;
  const bytes = readFileSync(path);
  writeFileSync(`${path}.br`, brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }));
  writeFileSync(`${path}.gz`, gzipSync(bytes, { level: 9 }));
}
