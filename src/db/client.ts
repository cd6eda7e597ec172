import { connect as connectSocket, type Socket } from "node:net";
import { drizzle } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import * as schema from "@/db/schema";
import type { Log } from "@/platform/log";

/** Statements with more values differ in length from call to call; preparing each form would fill the server. */
const mostPrepared = 40;

/**
 * The same client, for drizzle: it asks for unprepared statements, which cost a second round trip (to learn the
 * types) and a plan each time. Those of a fixed form are prepared instead.
 */
function preparing<Client extends object>(client: Client): Client {
  return new Proxy(client, {
    get(target, name) {
      const own: unknown = Reflect.get(target, name);
      if (typeof own !== "function") return own;
      if (name === "unsafe") {
        return (text: string, values: unknown[] = [], options = {}) =>
          own(text, values, { ...options, prepare: values.length <= mostPrepared });
      }
      if (name === "begin" || name === "savepoint") {
        return (work: (inner: object) => unknown) => own((inner: object) => work(preparing(inner)));
      }
      return own;
    },
  });
}

const openOrm = (sql: postgres.Sql) => drizzle(preparing(sql), { schema });

/** The connection of a transaction, for what drizzle can't say: see `Db.sql` for the form of values. */
export function rawIn(tx: Tx): postgres.TransactionSql {
  return (tx._.session as unknown as { client: postgres.TransactionSql }).client;
}

type Orm = ReturnType<typeof openOrm>;
/** Inside one transaction. */
export type Tx = Parameters<Parameters<Orm["transaction"]>[0]>[0];

/** The database as verbs see it. */
export interface Db {
  /**
   * For raw statements. Drizzle has switched off the conversion of times: they come as text and are given as text
   * (`date.toISOString()`), JSON likewise. Not for `listen`: silent connections are closed.
   */
  sql: postgres.Sql;
  orm: Orm;
  /** Lets running statements end, at most five seconds. */
  close(): Promise<void>;
}

/** A statement that the server works on for longer is cancelled by the server. */
const statementTimeoutMs = 15_000;
/** No byte either way for so long: the server is stopped or unreachable, since it would have answered by now. */
const silenceMs = 20_000;

/**
 * A socket that gives up on a silent server, so that a query fails instead of hanging. It is handed over while it
 * is still connecting: an error then reaches postgres.js, which tries again.
 */
function openSocket(options: { host: string[]; port: number[] }): Socket {
  const host = options.host[0] ?? "127.0.0.1";
  const socket = Object.assign(connectSocket(options.port[0] ?? 5432, host), { host });
  socket.setNoDelay(true);
  socket.setTimeout(silenceMs, () => socket.destroy());
  return socket;
}

/**
 * A pool that outlives its database: while that is away, queries fail within seconds; when it is back, the next
 * query connects (waiting at most a second between attempts).
 */
export function connect(url: string, { max = 10, log }: { max?: number; log?: Log } = {}): Db {
  const { protocol, hostname } = new URL(url);
  if (!/^postgres(ql)?:$/.test(protocol)) throw new Error("A database address begins with postgres://.");
  const overTcp = hostname !== "" && !url.includes("ssl");
  const sql = postgres(url, {
    max,
    connect_timeout: 5,
    idle_timeout: 15,
    max_lifetime: 30 * 60,
    keep_alive: 10,
    backoff: (attempt) => Math.min(1, 0.05 * 2 ** Math.min(attempt, 5)) * (0.5 + Math.random() / 2),
    connection: {
      application_name: "mission-control",
      statement_timeout: statementTimeoutMs,
      idle_in_transaction_session_timeout: silenceMs,
    },
    onnotice: (notice) => log?.debug({ notice: notice.message }, "Notice from the database."),
    ...(overTcp ? { socket: openSocket } : {}),
  });
  return { sql, orm: openOrm(sql), close: () => sql.end({ timeout: 5 }) };
}
