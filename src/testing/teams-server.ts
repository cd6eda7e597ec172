import { fork } from "node:child_process";
import type { IncomingHttpHeaders } from "node:http";
import { fileURLToPath } from "node:url";

/** What the service does with a request. `fails`: the answer's status lies, the message was not taken. */
export type TeamsBehaviour =
  | { kind: "answer"; status: number; body?: string; headers?: Record<string, string>; fails?: boolean }
  /** Takes the message at once and says so later. */
  | { kind: "late"; afterMs: number }
  | { kind: "hang" }
  | { kind: "reset" }
  | { kind: "drip"; everyMs: number };

/** A request as it came in; `taken`: the service showed the message to people. */
export type Received = {
  path: string;
  body: string;
  headers: IncomingHttpHeaders;
  behaviour: TeamsBehaviour["kind"];
  taken: boolean;
  at: number;
};

/** What the test tells the process. */
export type TeamsOrder =
  | { do: "script"; path: string; next: TeamsBehaviour[]; standing?: TeamsBehaviour }
  | { do: "received" }
  | { do: "refuse" }
  | { do: "accept" };

export interface TeamsServer {
  /** Address of a webhook; each path is a webhook of its own. */
  url(path: string): string;
  /** What the next requests to `path` meet, then `standing` (202 unless said). */
  script(path: string, next: TeamsBehaviour[], standing?: TeamsBehaviour): Promise<void>;
  received(path: string): Promise<Received[]>;
  /** Nobody listens on the port any more, until `accept`. */
  refuse(): Promise<void>;
  accept(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Starts a service that behaves like Teams, Slack or a proxy on its better and worse days, in a process of its own, on
 * loopback. `tls`: it speaks HTTPS with this certificate.
 */
export async function startTeamsServer(tls?: { cert: string; key: string }): Promise<TeamsServer> {
  const file = fileURLToPath(new URL("./teams-server-process.ts", import.meta.url));
  const child = fork(file, tls ? [tls.cert, tls.key] : [], {
    execArgv: ["--import", "tsx"],
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  const waiting = new Map<number, (answer: unknown) => void>();
  let lastId = 0;
  const port = await new Promise<number>((resolve, reject) => {
    child.once("exit", (code) => reject(new Error(`The webhook service ended with code ${code}.`)));
    child.on("message", (message: { port: number } | { id: number; answer: unknown }) => {
      if ("port" in message) resolve(message.port);
      else waiting.get(message.id)?.(message.answer);
    });
  });
  const tell = (order: TeamsOrder): Promise<unknown> =>
    new Promise((resolve) => {
      lastId += 1;
      const id = lastId;
      waiting.set(id, (answer) => {
        waiting.delete(id);
        resolve(answer);
      });
      child.send({ id, order });
    });
  return {
    url: (path) => `${tls ? "https" : "http"}://127.0.0.1:${port}${path}`,
    async script(path, next, standing) {
      await tell(standing ? { do: "script", path, next, standing } : { do: "script", path, next });
    },
    received: async (path) =>
      ((await tell({ do: "received" })) as Received[]).filter((one) => one.path === path),
    refuse: async () => void (await tell({ do: "refuse" })),
    accept: async () => void (await tell({ do: "accept" })),
    stop: () =>
      new Promise((resolve) => {
        child.once("exit", () => resolve());
        child.disconnect();
      }),
  };
}
