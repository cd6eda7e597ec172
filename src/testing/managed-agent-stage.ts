import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Journal } from "@/cli/run/journal";
import { ManagedAgent } from "@/cli/run/managed-agent";
import { Notices } from "@/cli/run/notices";
import type { RunOptions } from "@/cli/run/options";
import { type CrookedServer, startCrookedServer } from "./crooked-server";

class Said extends Notices {
  readonly all: string[] = [];
  override say(message: string): void {
    this.all.push(message);
  }
}

export type ManagedAgentStage = {
  server: CrookedServer;
  /** State folder of the agents, which follow one another. */
  folder: string;
  /** `mc run` without the process around it, not started yet; `script` is for /bin/sh. */
  agent(script: string, options?: Partial<RunOptions>): OnStage;
  stop(): Promise<void>;
};
export type OnStage = {
  agent: ManagedAgent;
  journal: Journal;
  /** Lines that the program wrote. */
  lines: string[];
  /** What the terminal was told. */
  said: string[];
  /** Starts the program and connects. */
  go(): Promise<void>;
};

/** Agents of `mc run` inside the test's process, with real programs, before a server that fails on demand. */
export async function managedAgentStage(): Promise<ManagedAgentStage> {
  const server = await startCrookedServer();
  const folder = mkdtempSync(join(tmpdir(), "mc-stage-"));
  const staged: OnStage[] = [];
  return {
    server,
    folder,
    agent(script, options = {}) {
      const notices = new Said();
      const journal = new Journal(folder);
      const lines: string[] = [];
      const agent = new ManagedAgent(
        {
          command: ["/bin/sh", "-c", script],
          name: "staged",
          tags: [],
          url: server.url,
          tls: {},
          policy: "never",
          graceMs: 60_000,
          tellForMs: 60_000,
          stateFolder: folder,
          quiet: true,
          stay: false,
          ...options,
        },
        { journal, notices, echo: (text) => lines.push(text) },
      );
      const onStage: OnStage = {
        agent,
        journal,
        lines,
        said: notices.all,
        async go() {
          await agent.supervisor.start();
          void agent.connect("key");
        },
      };
      staged.push(onStage);
      return onStage;
    },
    async stop() {
      for (const { agent, journal } of staged) {
        void agent.stop("SIGTERM");
        await agent.supervisor.stop(0);
        // Of one whose end is being told, a second time ends the telling.
        const hurry = setInterval(() => void agent.stop("SIGTERM"), 10);
        await agent.finished;
        clearInterval(hurry);
        journal.close();
      }
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
