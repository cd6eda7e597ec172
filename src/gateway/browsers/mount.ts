import type { Server } from "socket.io";
import type { Health } from "@/contracts/wire/browser";
import { consoleNamespace } from "@/contracts/wire/console-words";
import type { BoardFeed } from "@/domain/fleet/board/feed";
import { gauge } from "@/platform/metrics";
import { eventBudget } from "./event-budget";
import { fanOut } from "./fan-out";
import { type HandshakeOptions, handshake } from "./handshake";
import { Joining } from "./joining";
import { SlowReaders } from "./slow-readers";
import { keepValid } from "./still-valid";
import { Tails } from "./tails";
import { Together } from "./together";
import { answerTo, type ConsoleNamespace, type Watcher } from "./watcher";

export type BrowserGatewayOptions = HandshakeOptions & {
  io: Server;
  feed: BoardFeed;
  /** What the page must say of the parts: as it is now, and at each change. */
  health: { state(): Health; onChange(listener: (health: Health) => void): () => void };
};

export type BrowserGateway = {
  /** Closes every connection in a way that makes pages come back by themselves. */
  stop(): Promise<void>;
};

/** Opens the namespace where pages, and `mc`, watch the board. */
export function mountBrowserGateway(options: BrowserGatewayOptions): BrowserGateway {
  const { io, ground, feed, health } = options;
  const namespace: ConsoleNamespace = io.of(consoleNamespace);
  const watchers = gauge("mc_watchers", "Pages and programs that watch the board on this instance.");
  const slow = new SlowReaders(namespace, ground);
  const takeOut = (account: string) => slow.takeOut(account);
  const together = new Together(namespace, feed, ground);
  const tails = new Tails(namespace, feed, ground, takeOut);
  const joining = new Joining(namespace, feed, ground, (socket) => {
    socket.emit("health", health.state());
    together.entered(socket);
    tails.entered(socket);
  });
  const stopFanOut = fanOut(namespace, feed, takeOut);
  const stopChecks = keepValid(namespace, ground, options.authenticate);
  const stopHealth = health.onChange((state) => void namespace.emit("health", state));

  // Nothing is said in the namespace that everybody may ask for, and who sits there unknown would sit there for ever.
  io.use((_socket, next) => next(new Error("Nothing is here. Watchers join /console, agents /agents.")));
  namespace.use(handshake(options));
  namespace.on("connection", (socket: Watcher) => {
    watchers.set(namespace.sockets.size);
    const heard = eventBudget(ground.clock);
    // An event over the budget is dropped here: not answering is the brake.
    socket.use((_event, next) => {
      if (heard()) next();
    });
    socket.on("join", (message, answer) => joining.join(socket, message, answer));
    socket.on("here", (message) => together.here(socket, message));
    socket.on("prepare", (message, answer) => together.prepare(socket, message, answer));
    socket.on("unprepare", (answer) => together.unprepare(socket, answer));
    socket.on("tail", (message, answer) => tails.tail(socket, message, answer));
    socket.on("untail", () => tails.untail(socket));
    socket.on("clock", (answer) => answerTo<number>(answer)(ground.clock.now().getTime()));
    socket.on("disconnect", () => {
      watchers.set(namespace.sockets.size);
      joining.leave(socket);
      slow.forget(socket);
      tails.untail(socket);
      together.left(socket);
    });
  });

  return {
    async stop() {
      stopHealth();
      stopFanOut();
      together.stop();
      tails.stop();
      slow.stop();
      await stopChecks();
      for (const socket of [...namespace.sockets.values()]) socket.conn.close();
    },
  };
}
