import { spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import {
  chownSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { type Folders, hasCluster, makeOwned } from "./folders";
import { isAlive } from "./postmaster";

export const userName = "mission_control";

const passwordFile = (folders: Folders) => join(folders.stateDir, "postgres.password");

/** The password of the cluster's one user, made at the first start. Only we can read it. */
export function clusterPassword(folders: Folders): string {
  const file = passwordFile(folders);
  try {
    return readFileSync(file, "utf8").trim();
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ENOENT")) throw error;
  }
  if (hasCluster(folders.clusterDir)) {
    throw new Error(`${file} is missing, but the database is there. Restore the file from a backup.`);
  }
  const password = randomBytes(24).toString("base64url");
  writeFileSync(file, password, { mode: 0o600 });
  return password;
}

/** Whether a database was ever made for this data folder. */
export const hasEmbedded = (dataDir: string): boolean => existsSync(join(dataDir, "postgres.password"));

/** Sorting by bytes is the same on every machine; from 17 on the upper and lower case of all letters comes with it. */
function localeFlags(initdb: string): string[] {
  const version = spawnSync(initdb, ["--version"], { encoding: "utf8", cwd: "/" }).stdout ?? "";
  const major = Number(/\) (\d+)/.exec(version)?.[1] ?? 0);
  return major >= 17
    ? ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    : ["--locale=C"];
}

/** What an earlier start left half done, when the process that did it is gone. */
function removeDrafts(clusterDir: string): void {
  const parent = dirname(clusterDir);
  const prefix = `${basename(clusterDir)}.new-`;
  for (const name of readdirSync(parent)) {
    if (name.startsWith(prefix) && !isAlive(Number(name.slice(prefix.length)))) {
      rmSync(join(parent, name), { recursive: true, force: true });
    }
  }
}

/**
 * Makes the cluster beside its place and moves it there whole, so that a start that was killed leaves nothing that
 * looks like a database. When another process was faster, its cluster stays.
 */
export function createCluster(initdb: string, folders: Folders): void {
  const { clusterDir, account } = folders;
  removeDrafts(clusterDir);
  const draft = `${clusterDir}.new-${process.pid}`;
  const passwords = mkdtempSync(join(tmpdir(), "mc-init-"));
  try {
    rmSync(draft, { recursive: true, force: true });
    makeOwned(draft, account);
    const file = join(passwords, "password");
    writeFileSync(file, clusterPassword(folders), { mode: 0o600 });
    if (account) {
      chownSync(file, account.uid, account.gid);
      chownSync(passwords, account.uid, account.gid);
    }
    const flags = ["--auth=scram-sha-256", `--pwfile=${file}`, `--username=${userName}`, "--encoding=UTF8"];
    const result = spawnSync(initdb, ["-D", draft, ...flags, ...localeFlags(initdb)], {
      encoding: "utf8",
      cwd: "/",
      ...account,
      env: { ...process.env, LC_ALL: "C" },
    });
    if (result.status !== 0) {
      throw new Error(`The embedded database could not be made: ${result.stderr || result.error?.message}`);
    }
    if (!hasCluster(clusterDir)) renameSync(draft, clusterDir);
  } finally {
    rmSync(passwords, { recursive: true, force: true });
    rmSync(draft, { recursive: true, force: true });
  }
}
