import { io, type Socket } from "socket.io-client";
import { applyFrame, type Board, decodeSnapshot } from "@/contracts/wire/board-fold";
import type { ConsoleToServer, JoinAnswer, ServerToConsole, Snapshot } from "@/contracts/wire/browser";
import { browserProtocol, consoleNamespace } from "@/contracts/wire/console-words";

const whole = (iso: string) => Math.floor(Date.parse(iso) / 1_000);
const sorted = <Value>(entries: Iterable<[string, Value]>) =>
  [...entries].sort(([one], [other]) => (one < other ? -1 : 1));

/** A board as text, to be compared: in one order, and to the second where a snapshot tells no more. */
export function digestOf(board: Board): string {
  const agents = [...board.agents.values()].map(({ agent, transitMs }): [string, unknown] => [
    agent.id,
    { ...agent, statusSince: whole(agent.statusSince), createdAt: whole(agent.createdAt), transitMs },
  ]);
  const parts = [agents, board.commands, board.alerts, board.notices] as const;
  return JSON.stringify(
    parts.map((part) => sorted<unknown>(part)),
    keysInOrder,
    1,
  );
}

function keysInOrder(_key: string, value: unknown): unknown {
  if (value === null || typeof value !== "object" || Array.isArray(value)) return value;
  return Object.fromEntries(sorted(Object.entries(value)));
}

export const digestOfSnapshot = (snapshot: Snapshot) => digestOf(decodeSnapshot(snapshot));

/** A page: joins with what it knows, folds every frame, asks anew when it is told to or when a frame is missing. */
export class BoardFollower {
  board: Board | null = null;
  snapshots = 0;
  frames = 0;
  /** Frames that did not follow the one before on the same connection. */
  gaps = 0;
  readonly epochs = new Set<string>();
  private readonly socket: Socket<ServerToConsole, ConsoleToServer>;

  constructor(url: string, cookie: string) {
    this.socket = io(`${url}${consoleNamespace}`, {
      transports: ["websocket"],
      forceNew: true,
      reconnectionDelay: 50,
      reconnectionDelayMax: 250,
      extraHeaders: { cookie, origin: url },
    });
    this.socket.on("connect", () => this.join());
    this.socket.on("resync", () => {
      this.board = null;
      this.join();
    });
    this.socket.on("snapshot", (snapshot) => {
      this.snapshots += 1;
      this.epochs.add(snapshot.epoch);
      this.board = decodeSnapshot(snapshot);
    });
    this.socket.on("frame", (frame) => {
      this.frames += 1;
      if (!this.board || applyFrame(this.board, frame)) return;
      this.gaps += 1;
      this.board = null;
      this.join();
    });
  }

  stop(): void {
    this.socket.disconnect();
  }

  private join(): void {
    const message = {
      protocol: browserProtocol,
      epoch: this.board?.epoch ?? null,
      lastSeq: this.board?.seq ?? null,
    };
    // No answer: the connection broke, and the next one joins again.
    this.socket.emit("join", message, (_answer: JoinAnswer) => {});
  }
}
