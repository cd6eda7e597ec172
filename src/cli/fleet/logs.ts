import { type Command, InvalidArgumentError, Option } from "commander";
import { io } from "socket.io-client";
import { type LogLevel, type LogLine, logLevels } from "@/contracts/fleet/log-line";
import { exitCodes } from "@/contracts/trust/rescue";
import type { TailLines } from "@/contracts/wire/browser";
import { consoleNamespace } from "@/contracts/wire/console-words";
import { Failure } from "../connection/fail";
import { printLine } from "../connection/print";
import { connect, type ServerOptions, tokenOf, urlOf, withServer } from "../connection/server";
import { findAgent } from "./find-agent";

type Given = ServerOptions & { level?: LogLevel; lines?: number; since?: string; follow: boolean };
const mostLines = 500;
/** What ends sooner after a connection was revoked, not run out. */
const expiresSoonestMs = 15_000;
const units: Record<string, number> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

function count(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1 || value > mostLines)
    throw new InvalidArgumentError(`Give a number from 1 to ${mostLines}.`);
  return value;
}

/** `mc logs tail <agent>`: the newest lines, then what comes. */
export function registerLogs(program: Command): void {
  const logs = program.command("logs").description("lines of agents");
  withServer(
    logs.command("tail").argument("<agent>", "id or name").description("the newest lines, then what comes"),
  )
    .addOption(new Option("--level <level>", "this level and worse").choices(logLevels))
    .option(
      "-n, --lines <count>",
      `how many to begin with, at most ${mostLines} (default: 50, with --since ${mostLines})`,
      count,
    )
    .option("--since <time>", "begin with lines since then: 90s, 10m, 2h, or a moment")
    .option("--no-follow", "end after the newest lines")
    .action(tail);
}

async function tail(name: string, { level, lines, since, follow, ...server }: Given): Promise<void> {
  const client = connect(server);
  const { id } = await findAgent(client, name);
  const show = (line: LogLine) =>
    printLine(
      server.json
        ? JSON.stringify(line)
        : `${line.at} ${line.level.padEnd(5)} ${line.message.replaceAll("\n", "\n  ")}`,
    );
  const from = since === undefined ? "" : momentOf(since);
  const known = new Set<string>();
  /** Fills in what was missed, at the start and after each time without a connection. */
  const catchUp = async () => {
    const query = { id, limit: lines ?? (since === undefined ? 50 : mostLines), ...(level ? { level } : {}) };
    const { items } = await client.logs.list.query(query);
    for (const line of items) if (line.at >= from) showOnce(line);
  };
  const showOnce = (line: LogLine) => {
    if (known.has(line.id)) return;
    known.add(line.id);
    if (known.size > 20_000) for (const oldest of known) if (known.delete(oldest)) break;
    show(line);
  };
  await catchUp();
  if (!follow) return;

  // Asked for at each connection: an access token of minutes is another one by then.
  const auth = (give: (given: { token?: string }) => void) =>
    void tokenOf(server)
      .then((token) => give(token ? { token } : {}))
      .catch(() => give({}));
  const socket = io(urlOf(server) + consoleNamespace, { auth, transports: ["websocket"] });
  let cameAtMs = 0;
  const levels = level ? logLevels.slice(logLevels.indexOf(level)) : undefined;
  await new Promise<never>((_, reject) => {
    socket.on("connect", () => {
      cameAtMs = Date.now();
      socket.emit("tail", { agentId: id, levels }, (answer: { ok: boolean; error?: { message: string } }) => {
        if (answer.ok) void catchUp().catch(() => undefined);
        else reject(new Failure(answer.error?.message ?? "The lines can't be followed."));
      });
    });
    socket.on("lines", ({ lines: fresh, dropped }: TailLines) => {
      if (dropped > 0 && !server.json) printLine(`… ${dropped} lines were left out: too many at once`);
      fresh.forEach(showOnce);
    });
    socket.on("connect_error", (error) => {
      // Without `active` the server has refused; else it is away, and the client keeps trying.
      if (!socket.active) reject(new Failure(error.message, exitCodes.notAuthorised));
    });
    socket.on("disconnect", () => {
      if (socket.active) process.stderr.write("Connection lost; trying again. What is missed comes then.\n");
    });
    socket.on("goodbye", ({ reason }: { reason?: string }) => {
      // An access token that ran out is no loss: the next connection brings a fresh one, once.
      const ranOut = reason === "expired" && Date.now() - cameAtMs > expiresSoonestMs;
      if (ranOut) socket.once("disconnect", () => socket.connect());
      else reject(new Failure("This credential was revoked.", exitCodes.notAuthorised));
    });
  }).finally(() => socket.close());
}

function momentOf(text: string): string {
  const [, count, unit = ""] = /^(\d+)([smhd])$/.exec(text) ?? [];
  const at = count ? Date.now() - Number(count) * (units[unit] ?? 0) : Date.parse(text);
  if (Number.isNaN(at))
    throw new Failure(`${text} is no time: give 90s, 10m, 2h or a moment.`, exitCodes.usage);
  return new Date(at).toISOString();
}
