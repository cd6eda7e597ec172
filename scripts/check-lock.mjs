import { readFileSync } from "node:fs";

/**
 * npm leaves a platform's native package out of the lock, silently, when the registry lacks it; `npm ci` then fails
 * on every machine. And a download address in the lock ties the checkout to one registry. Both are found here.
 */
const { packages } = JSON.parse(readFileSync(new URL("../package-lock.json", import.meta.url), "utf8"));
const faults = [];
for (const [path, entry] of Object.entries(packages)) {
  if (entry.resolved && !entry.link) faults.push(`${path} holds a download address`);
  for (const name of Object.keys(entry.optionalDependencies ?? {})) {
    const folders = path
      .split("/node_modules/")
      .map((_, index, all) => all.slice(0, index + 1).join("/node_modules/"));
    const places = ["", ...folders].map((folder) =>
      folder ? `${folder}/node_modules/${name}` : `node_modules/${name}`,
    );
    if (!places.some((place) => packages[place]))
      faults.push(`${path || "package.json"}: ${name} has no entry`);
  }
}
if (faults.length > 0) {
  console.error(`package-lock.json is not complete:\n  ${faults.join("\n  ")}`);
  process.exit(1);
}
