import { createHash } from "node:crypto";
import { chmodSync, chownSync, existsSync, mkdirSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import type { Log } from "@/platform/log";
import { type Account, canEnter } from "./account";

export interface Folders {
  /** What only we read: password, owner, log. */
  stateDir: string;
  /** The cluster itself, owned by the server's account. */
  clusterDir: string;
  /** A place where the server's account may read, for copies of the binaries. */
  programsDir: string;
  account: Account | undefined;
}

/**
 * Where things lie. The cluster stands inside the data folder; when the server's account cannot get there (a
 * checkout under root's home), it stands under /var/lib, in a folder named after the data folder.
 */
export function embeddedFolders(dataDir: string, account: Account | undefined, log: Log): Folders {
  const stateDir = resolve(dataDir);
  mkdirSync(stateDir, { recursive: true, mode: 0o755 });
  if (canEnter(stateDir, account)) {
    return { stateDir, clusterDir: join(stateDir, "postgres"), programsDir: stateDir, account };
  }
  const name = createHash("sha256").update(stateDir).digest("hex").slice(0, 12);
  const elsewhere = join("/var/lib/mission-control", name);
  for (const folder of [dirname(elsewhere), elsewhere]) {
    mkdirSync(folder, { recursive: true });
    chmodSync(folder, 0o755);
  }
  log.warn(
    { dataDir: stateDir, clusterDir: elsewhere },
    "PostgreSQL may not enter the data folder: it uses another.",
  );
  return { stateDir, clusterDir: join(elsewhere, "postgres"), programsDir: elsewhere, account };
}

/** Makes a folder that belongs to the server's account alone. */
export function makeOwned(folder: string, account: Account | undefined): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (account && statSync(folder).uid !== account.uid) chownSync(folder, account.uid, account.gid);
}

export const hasCluster = (clusterDir: string): boolean => existsSync(join(clusterDir, "PG_VERSION"));
