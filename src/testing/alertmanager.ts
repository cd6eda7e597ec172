import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stringify } from "yaml";
import { eventually } from "./eventually";
import { freePort } from "./redis";

const program = "prometheus-alertmanager";

/** Why there is none here; null when there is one. `scripts/ensure-system.sh` brings it where it can. */
export const alertmanagerMissing: string | null =
  spawnSync(program, ["--version"]).status === 0
    ? null
    : `${program} is not on this machine and its package can't be had here.`;

export type AlertmanagerAlert = { labels: Record<string, string>; startsAt: string; endsAt?: string };

/** A message as its webhook receiver gets it. */
export type AlertmanagerMessage = {
  groupLabels: Record<string, string>;
  alerts: { status: "firing" | "resolved"; labels: Record<string, string> }[];
};

export interface Alertmanager {
  /** What its receiver got so far. */
  readonly messages: readonly AlertmanagerMessage[];
  post(alerts: AlertmanagerAlert[]): Promise<void>;
  stop(): Promise<void>;
}

/** A real Alertmanager on loopback, with `route` and `inhibit_rules` of its own words; `hook` is its only receiver. */
export async function startAlertmanager(config: object): Promise<Alertmanager> {
  const folder = await mkdtemp(join(tmpdir(), "mc-alertmanager-"));
  const messages: AlertmanagerMessage[] = [];
  const sink = await receive((body) => messages.push(JSON.parse(body) as AlertmanagerMessage));
  const hook = `http://127.0.0.1:${(sink.address() as AddressInfo).port}/`;
  const receivers = [{ name: "hook", webhook_configs: [{ url: hook, send_resolved: true }] }];
  await writeFile(join(folder, "config.yml"), stringify({ ...config, receivers }));
  const port = await freePort();
  const flags = [
    `--config.file=${join(folder, "config.yml")}`,
    `--storage.path=${folder}`,
    `--web.listen-address=127.0.0.1:${port}`,
    "--cluster.listen-address=",
    "--log.level=error",
  ];
  const child = spawn(program, flags, { stdio: ["ignore", "inherit", "inherit"] });
  const killWithUs = () => child.kill("SIGKILL");
  process.once("exit", killWithUs);
  const at = (path: string) => `http://127.0.0.1:${port}${path}`;
  await eventually(async () => (await fetch(at("/-/ready"))).ok, { timeoutMs: 20_000, everyMs: 50 });
  return {
    messages,
    async post(alerts) {
      const headers = { "content-type": "application/json" };
      const answer = await fetch(at("/api/v2/alerts"), {
        method: "POST",
        headers,
        body: JSON.stringify(alerts),
      });
      if (!answer.ok) throw new Error(`alertmanager: ${answer.status} ${await answer.text()}`);
    },
    async stop() {
      process.off("exit", killWithUs);
      await ended(child);
      sink.closeAllConnections();
      await new Promise((resolve) => sink.close(resolve));
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function receive(hear: (body: string) => void): Promise<Server> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      hear(Buffer.concat(chunks).toString("utf8"));
      response.end();
    });
  });
  return new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(server)));
}

function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once("exit", () => resolve());
    child.kill("SIGTERM");
  });
}
