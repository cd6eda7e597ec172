import { execFileSync } from "node:child_process";
import { cpus, loadavg, totalmem } from "node:os";
import { sleep } from "./moment";
import { round } from "./spread";

const output = (program: string, args: string[]) => {
  try {
    return execFileSync(program, args, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim();
  } catch {
    return "not found";
  }
};

/** Most open files of a process: 10,000 agents and what stands beside them need this many. */
const neededFiles = 12_000;

export function machineFacts() {
  return {
    cpu: cpus()[0]?.model ?? "unknown",
    cores: cpus().length,
    memoryGiB: round(totalmem() / 2 ** 30, 1),
    kernel: output("uname", ["-sr"]),
    node: process.version,
    redis: output("redis-server", ["--version"]).split(" ")[2] ?? "",
    chromium: output("chromium", ["--version"]),
    openFiles: Number(output("sh", ["-c", "ulimit -n"])),
    commit: output("git", ["rev-parse", "--short", "HEAD"]),
    changed: output("git", ["status", "--porcelain", "--", "src"]) !== "",
  };
}

/** Says plainly when this machine can't hold the fleet; the numbers of a smaller one would answer nothing. */
export function demandFiles(openFiles: number): void {
  if (openFiles >= neededFiles) return;
  throw new Error(
    `One process may open ${openFiles} files here, and 10,000 agents need ${neededFiles}. ` +
      "Raise the limit (`ulimit -n 20000`, or LimitNOFILE) and run the benchmark again.",
  );
}

/** Waits up to three minutes for others to be done; answers the load that it begins with. */
export async function quietLoad(): Promise<number> {
  for (let second = 0; second < 180 && (loadavg()[0] ?? 0) >= 1.5; second++) {
    if (second === 0) process.stdout.write("Waiting for other work on this machine to end…\n");
    await sleep(1_000);
  }
  return round(loadavg()[0] ?? 0);
}
