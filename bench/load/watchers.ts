import { momentOf, nowMs, sleep } from "../measure/moment";
import { type Quantiles, Spread } from "../measure/spread";
import { FrameLog } from "./frame-log";
import { Link } from "./link";
import { serveParent } from "./parent";
import { SocketIoLink } from "./socket-io";

export type WatchOrder = {
  dialect: "product" | "raw";
  port: number;
  cookie?: string;
  count: number;
  retryMs: [number, number];
};
export type Measured = Quantiles & {
  updates: number;
  frames: number;
  bytes: number;
  gaps: number;
  resyncs: number;
  beatsAFrame: number;
};
/** Status of an agent as a watcher saw it change. */
export type Seen = { agentId: string; status: string; atMs: number };

type Watcher = { close(): void; joined: boolean; lastSeq: number };

const productHead = Buffer.from('42/console,["frame",{"s":');
const rawHead = Buffer.from('{"s":');
const joined = Buffer.from('43/console,0[{"ok":true');
const snapshotHead = Buffer.from('42/console,["snapshot"');

const resyncHead = Buffer.from('42/console,["resync"');

/** How often a watcher was told that it fell behind, and asked for the board anew. */
let resyncs = 0;
const watchers: Watcher[] = [];
let log: FrameLog | null = null;
let seen: Seen[] = [];

function take(watcher: Watcher, payload: Buffer, head: Buffer): void {
  if (!payload.subarray(0, head.length).equals(head)) return;
  const atMs = nowMs();
  let at = head.length;
  let seq = 0;
  for (let digit = (payload[at] ?? 0) - 48; digit >= 0 && digit <= 9; digit = (payload[++at] ?? 0) - 48) {
    seq = seq * 10 + digit;
  }
  const gap = watcher.lastSeq > 0 && seq !== watcher.lastSeq + 1;
  watcher.lastSeq = seq;
  log?.arrived(seq, atMs, payload, gap);
  if (watcher === watchers[0] && payload.includes('"kind":"agent"')) noteStatuses(payload, atMs);
}

function noteStatuses(payload: Buffer, atMs: number): void {
  const { c = [] } = frameOf(payload);
  for (const { kind, id, patch } of c) {
    if (kind === "agent" && typeof patch.status === "string")
      seen.push({ agentId: id, status: patch.status, atMs });
  }
}

type Frame = { b?: number[][]; c?: { kind: string; id: string; patch: Record<string, unknown> }[] };
function frameOf(payload: Buffer): Frame {
  const text = payload.toString();
  const parsed = JSON.parse(text.startsWith("42") ? text.slice(text.indexOf("[")) : text);
  return Array.isArray(parsed) ? parsed[1] : parsed;
}

function open(order: WatchOrder): Promise<void> {
  const { dialect, port, cookie, retryMs } = order;
  const watcher: Watcher = { close: () => {}, joined: false, lastSeq: 0 };
  watchers.push(watcher);
  let gone = false;
  return new Promise((resolve) => {
    const dial = () => {
      const onClose = () => {
        [watcher.joined, watcher.lastSeq] = [false, 0];
        if (gone) return;
        setTimeout(dial, retryMs[0] + Math.random() * (retryMs[1] - retryMs[0]));
      };
      const link =
        dialect === "raw"
          ? new Link({
              port,
              path: "/watch",
              onOpen: () => {
                watcher.joined = true;
                resolve();
              },
              onText: (payload) => take(watcher, payload, rawHead),
              onClose,
            })
          : new SocketIoLink({
              port,
              namespace: "/console",
              auth: {},
              cookie,
              onReady: () => link instanceof SocketIoLink && link.emit("join", { protocol: 1 }, 0),
              onText: (payload) => {
                if (payload.subarray(0, resyncHead.length).equals(resyncHead)) {
                  resyncs += 1;
                  watcher.joined = false;
                  watcher.lastSeq = 0;
                  if (link instanceof SocketIoLink) link.emit("join", { protocol: 1 }, 0);
                } else if (watcher.joined) take(watcher, payload, productHead);
                else if (payload.subarray(0, snapshotHead.length).equals(snapshotHead)) {
                  watcher.joined = true;
                  resolve();
                } else if (
                  payload.subarray(0, 14).equals(joined.subarray(0, 14)) &&
                  !payload.includes(joined)
                ) {
                  throw new Error(`A watcher may not join: ${payload.toString()}`);
                }
              },
              onClose,
            });
      watcher.close = () => {
        gone = true;
        link.close();
      };
    };
    dial();
  });
}

serveParent({
  watch: async (order: WatchOrder) => {
    // Twenty at a time: each gets a snapshot of the whole board.
    for (let left = order.count; left > 0; left -= 20) {
      await Promise.all(Array.from({ length: Math.min(20, left) }, () => open(order)));
    }
  },
  /** `restart`: what was measured so far belongs to the time before the window. */
  begin: () => {
    resyncs = 0;
    log = new FrameLog();
  },
  end: ({ baseMs, settleMs }: { baseMs: number; settleMs: number }): Promise<Measured> => {
    return sleep(settleMs).then(() => {
      const measured = log?.measure(
        (payload) => frameOf(payload).b ?? [],
        (stamp) => momentOf(stamp, baseMs),
        new Spread(),
      );
      log = null;
      if (!measured) throw new Error("Nothing was begun.");
      return { ...measured, resyncs };
    });
  },
  back: async ({ withinMs }: { withinMs: number }) => {
    const limitMs = nowMs() + withinMs;
    while (watchers.some((watcher) => !watcher.joined)) {
      if (nowMs() > limitMs) throw new Error("Watchers are not back.");
      await sleep(10);
    }
    return nowMs();
  },
  seen: () => {
    const told = seen;
    seen = [];
    return told;
  },
  leave: ({ count }: { count: number }) => {
    for (const watcher of watchers.splice(watchers.length - count, count)) watcher.close();
  },
});
