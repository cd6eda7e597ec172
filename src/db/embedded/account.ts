import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";

/** The account that PostgreSQL runs as, when it may not be ours. */
export interface Account {
  uid: number;
  gid: number;
}

/** PostgreSQL refuses to run as root: then `postgres`, or else `nobody`. Undefined: run as we are. */
export function serverAccount(): Account | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const lines = readFileSync("/etc/passwd", "utf8").split("\n");
  for (const name of ["postgres", "nobody"]) {
    const [, , uid, gid] = lines.find((line) => line.startsWith(`${name}:`))?.split(":") ?? [];
    if (uid && gid) return { uid: Number(uid), gid: Number(gid) };
  }
  throw new Error(
    "PostgreSQL does not run as root, and this machine has neither a postgres nor a nobody account.",
  );
}

/** Whether the account may enter the folder, asked of the system itself: ancestors count, too. */
export function canEnter(folder: string, account: Account | undefined): boolean {
  if (!account) return true;
  const result = spawnSync("/bin/sh", ["-c", 'test -r "$0" && test -x "$0"', folder], {
    ...account,
    cwd: "/",
  });
  return result.status === 0;
}
