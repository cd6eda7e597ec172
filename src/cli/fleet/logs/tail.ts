import { setTimeout as sleep } from "node:timers/promises";
import { type Command, Option } from "commander";
import { io } from "socket.io-client";
import { type LogLevel, type LogLine, logLevels } from "@/contracts/fleet/log-line";
import type { ErrorCode } from "@/contracts/kernel/errors";
import { exitCodes } from "@/contracts/trust/rescue";
import type { TailLines } from "@/contracts/wire/browser";
import { consoleNamespace } from "@/contracts/wire/console-words";
import { exitCodeOf, Failure, failureOf } from "../../connection/fail";
import { momentOrAge } from "../../connection/moment";
import { printLine } from "../../connection/print";
import { connect, type ServerOptions, tokenOf, urlOf, withServer } from "../../connection/server";
import { wholeNumber } from "../../connection/whole-number";
import { findAgent } from "../find-agent";
import { LineFeed } from "./line-feed";
import { mostFetched } from "./lines-back";

type Answer = { ok: boolean; error?: { code: string; message: string } };
type Given = ServerOptions & { level?: LogLevel; lines?: number; since?: string; follow: boolean };
const mostLines = 500;
const usualLines = 50;
/** A page that takes longer is asked for again. */
const pageTimeoutMs = 30_000;
const retryEveryMs = 1_000;
/** What ends sooner after a connection was revoked, not run out. */
const expiresSoonestMs = 15_000;
/** Refusals of a moment: the same credential may be let in at the next try. */
const passing = new Set<string>(["unavailable", "too-many", "internal"] satisfies ErrorCode[]);

/** `mc logs tail <agent>`: the newest lines, then what comes. Lines alone go to standard output. */
export function registerTail(logs: Command): void {
  withServer(
    logs.command("tail").argument("<agent>", "id or name").description("the newest lines, then what comes"),
  )
    .addOption(new Option("--level <level>", "this level and worse").choices(logLevels))
    .option(
      "-n, --lines <count>",
      `how many to begin with, at most ${mostLines} (default: ${usualLines}, with --since all since then)`,
      wholeNumber(1, mostLines),
    )
    .option("--since <time>", "begin with lines since then: 90s, 10m, 2h, or a moment", momentOrAge)
    .option("--no-follow", "end after the newest lines")
    .action(tail);
}

async function tail(name: string, { level, lines, since, follow, ...server }: Given): Promise<void> {
  const client = connect(server);
  const { id } = await findAgent(client, name);
  const feed = new LineFeed(
    (page) =>
      client.logs.list.query(
        { id, ...page, ...(level ? { level } : {}) },
        { signal: AbortSignal.timeout(pageTimeoutMs) },
      ),
    (line) => printLine(server.json ? JSON.stringify(line) : textOf(line)),
    (after, before) =>
      tell(`Lines between ${after} and ${before} were left out: at most ${mostFetched} are fetched at once.`),
  );
  await feed.begin(lines ?? (since === undefined ? usualLines : undefined), since ?? "");
  if (follow) await followLines(feed, server, id, level);
}

/** Never ends by itself: shows what comes, over breaks of the connection, until the server refuses. */
async function followLines(
  feed: LineFeed,
  server: ServerOptions,
  agentId: string,
  level: LogLevel | undefined,
): Promise<void> {
  const socket = io(urlOf(server) + consoleNamespace, { autoConnect: false, transports: ["websocket"] });
  let cameAtMs = 0;
  let nextTry: NodeJS.Timeout | undefined;
  const levels = level ? logLevels.slice(logLevels.indexOf(level)) : undefined;
  await new Promise<never>((_, reject) => {
    // The server is there and can't decide now: the client does not come back from that by itself.
    const tryAgain = (why: string) => {
      if (nextTry === undefined) tell(`The server can't let mc in yet; trying again. ${why}`);
      clearTimeout(nextTry);
      socket.disconnect();
      nextTry = setTimeout(() => socket.connect(), retryEveryMs);
    };
    // Asked for at each connection: an access token of minutes is another one by then.
    socket.auth = (give) =>
      void tokenOf(server).then(
        (token) => give(token ? { token } : {}),
        (error) => {
          const failure = failureOf(error);
          if (failure?.exitCode === exitCodes.failed) tryAgain(failure.message);
          else reject(failure);
        },
      );
    socket.on("connect", () => {
      nextTry = undefined;
      cameAtMs = Date.now();
      feed.hold();
      socket.emit("tail", { agentId, levels }, ({ ok, error }: Answer) => {
        if (ok) void fill(feed, () => socket.id).catch(reject);
        else
          reject(
            new Failure(error?.message ?? "The lines can't be followed.", exitCodeOf(error?.code ?? "")),
          );
      });
    });
    socket.on("lines", ({ lines: fresh, dropped }: TailLines) => {
      if (dropped > 0) tell(`${dropped} lines were left out by the agent or the server: too many at once.`);
      feed.take(fresh);
    });
    socket.on("connect_error", ({ message, data }: Error & { data?: { code?: string } }) => {
      // Without `active` the server has answered; else it is away, and the client keeps trying.
      if (socket.active) return;
      if (data?.code !== undefined && passing.has(data.code)) tryAgain(message);
      else reject(new Failure(message, exitCodeOf(data?.code ?? "")));
    });
    socket.on("disconnect", () => {
      feed.hold();
      if (socket.active) tell("Connection lost; trying again. What is missed comes then.");
    });
    socket.on("goodbye", ({ reason }: { reason?: string }) => {
      // An access token that ran out is no loss: the next connection brings a fresh one, once.
      const ranOut = reason === "expired" && Date.now() - cameAtMs > expiresSoonestMs;
      // Whether the new role may look, too, is answered to the next connection.
      if (ranOut || reason === "role") socket.once("disconnect", () => socket.connect());
      else {
        const what =
          reason === "disabled" ? "This account was switched off." : "This credential was revoked.";
        reject(new Failure(what, exitCodes.notAuthorised));
      }
    });
    socket.connect();
  }).finally(() => {
    clearTimeout(nextTry);
    socket.close();
  });
}

/** Fetches what was missed, again and again while the same connection stands; only a refusal ends it. */
async function fill(feed: LineFeed, connection: () => string | undefined): Promise<void> {
  const mine = connection();
  for (let told = false; connection() === mine; told = true) {
    try {
      return await feed.fill();
    } catch (error) {
      const failure = failureOf(error);
      if (failure && failure.exitCode !== exitCodes.failed) throw failure;
      if (!told) tell(`What was missed can't be read yet; trying again. ${failure?.message ?? ""}`.trim());
      await sleep(retryEveryMs);
    }
  }
}

const textOf = (line: LogLine) =>
  `${line.at} ${line.level.padEnd(5)} ${line.message.replaceAll("\n", "\n  ")}`;

function tell(words: string): void {
  process.stderr.write(`${words}\n`);
}
