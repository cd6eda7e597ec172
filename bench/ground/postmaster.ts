import { readFileSync } from "node:fs";
import { join } from "node:path";
import postgres from "postgres";

/** As many segments of the log as a server of ours keeps for use again once it has been busy (`max_wal_size`). */
const segments = 64;

/**
 * Brings a new server into the state of one that has been in use: it has its next log segments at hand. A new one
 * writes each of them full of zeros first, and every commit waits for that, up to 70 ms here: what P5's
 * baseline wrote made the beats after it late. Answers the process id of the server, whose work is ours too.
 */
export async function settle(url: string): Promise<number> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  for (let segment = 0; segment < segments; segment++) {
    await sql`select pg_logical_emit_message(false, 'bench', 'a segment that holds something'), pg_switch_wal()`;
  }
  await sql`checkpoint`;
  const [row] = await sql<{ data_directory: string }[]>`show data_directory`;
  await sql.end();
  return Number(readFileSync(join(row?.data_directory ?? "", "postmaster.pid"), "utf8").split("\n")[0]);
}
