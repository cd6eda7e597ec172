import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { expect, it } from "vitest";

const ui = fileURLToPath(new URL(".", import.meta.url));

/** Packages that a browser has to evaluate before the board is live: those that are reached without `import()`. */
async function packagesOf(entryPoints: string[]): Promise<Set<string>> {
  const { metafile } = await build({
    absWorkingDir: ui,
    entryPoints,
    outdir: "out",
    write: false,
    bundle: true,
    splitting: true,
    format: "esm",
    packages: "external",
    metafile: true,
    logLevel: "silent",
  });
  const found = new Set<string>();
  const seen = new Set<string>();
  const follow = (output: string) => {
    if (seen.has(output)) return;
    seen.add(output);
    for (const { path, kind, external } of metafile.outputs[output]?.imports ?? []) {
      if (kind !== "import-statement") continue;
      if (external) found.add(path);
      else follow(path);
    }
  };
  for (const [output, { entryPoint }] of Object.entries(metafile.outputs)) {
    if (entryPoint && entryPoints.includes(entryPoint)) follow(output);
  }
  return found;
}

it("brings neither zod nor forms before the board is live: what validates is loaded with its dialog", async () => {
  const packages = await packagesOf(["fleet/console/console-frame.tsx", "fleet/board/board-page.tsx"]);
  expect(packages).toContain("socket.io-client");
  for (const heavy of ["zod", "react-hook-form", "@hookform/resolvers/zod", "cmdk"]) {
    expect(packages).not.toContain(heavy);
  }
});
