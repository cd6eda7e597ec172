import { type LogLevel, logLevels } from "@/contracts/fleet/log-line";
import type { Topics } from "@/contracts/signals";
import { tailSchema } from "@/contracts/wire/browser";
import type { BoardFeed } from "@/domain/fleet/board/feed";
import type { Ground } from "@/domain/kernel";
import { answerTo, type ConsoleNamespace, type Watcher } from "./watcher";

type Tail = { account: string; agentId: string; levels: readonly LogLevel[] };
type Answer = { ok: boolean; error?: { code: string; message: string } };

const roomOf = ({ account, agentId, levels }: Tail) => `tail:${account}:${agentId}:${levels.join()}`;

/** Live lines of one agent for those who look at them; lines that nobody tails go no further than the bus. */
export class Tails {
  #tails = new Map<Watcher, Tail>();
  #end: () => void;

  constructor(
    private readonly namespace: ConsoleNamespace,
    private readonly feed: BoardFeed,
    ground: Pick<Ground, "bus">,
    /** Takes the slow ones of an account out of their rooms. */
    private readonly takeOut: (account: string) => void,
  ) {
    this.#end = ground.bus.subscribe("log.lines", (message) => this.#forward(message));
  }

  /** `tail`: one agent a watcher; a second call moves on to another agent or other levels. */
  tail(socket: Watcher, message: unknown, given: unknown): void {
    const answer = answerTo<Answer>(given);
    const parsed = tailSchema.safeParse(message);
    const refuse = (code: string, text: string) => answer({ ok: false, error: { code, message: text } });
    if (!parsed.success) {
      refuse("invalid", "Name an agent, and levels of debug, info, warn, error.");
      return;
    }
    const { agentId, levels = logLevels } = parsed.data;
    const { account } = socket.data.caller;
    if (this.feed.strangers(account, [agentId]).length > 0) {
      refuse("not-found", "There is no such agent. It may have been removed.");
      return;
    }
    this.untail(socket);
    const tail = { account, agentId, levels: logLevels.filter((level) => levels.includes(level)) };
    this.#tails.set(socket, tail);
    void socket.join(roomOf(tail));
    answer({ ok: true });
  }

  untail(socket: Watcher): void {
    const tail = this.#tails.get(socket);
    if (!tail) return;
    this.#tails.delete(socket);
    socket.data.missedLines = 0;
    void socket.leave(roomOf(tail));
  }

  /** A watcher is back on the board after it fell behind: its tail goes on, and says how much is missing. */
  entered(socket: Watcher): void {
    const tail = this.#tails.get(socket);
    if (!tail || socket.rooms.has(roomOf(tail))) return;
    void socket.join(roomOf(tail));
    socket.emit("lines", { agentId: tail.agentId, lines: [], dropped: socket.data.missedLines });
    socket.data.missedLines = 0;
  }

  stop(): void {
    this.#end();
  }

  #forward({ account, agentId, lines, dropped }: Topics["log.lines"]): void {
    if (this.#tails.size === 0) return;
    const rooms = new Map<string, Tail>();
    for (const [socket, tail] of this.#tails) {
      if (tail.agentId !== agentId || tail.account !== account) continue;
      if (socket.data.behind) socket.data.missedLines += lines.length;
      else rooms.set(roomOf(tail), tail);
    }
    if (rooms.size > 0) this.takeOut(account);
    for (const [room, { levels }] of rooms) {
      const wanted = lines.filter((line) => levels.includes(line.level));
      if (wanted.length > 0 || dropped > 0) {
        this.namespace.to(room).emit("lines", { agentId, lines: wanted, dropped });
      }
    }
  }
}
