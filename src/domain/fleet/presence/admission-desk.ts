import type { Db } from "@/db/client";
import type { Clock, Timer } from "@/platform/clock";
import type { AdmissionRow } from "./admitted-agent";

type Asking = {
  hash: string;
  sessionId: string;
  resolve: (row: AdmissionRow | null) => void;
  reject: (error: unknown) => void;
};

const gatherMs = 5;
const mostInBatch = 500;

/**
 * Looks keys up, many in one query: after a restart of ours ten thousand agents knock within a second, and asking
 * for each by itself would make them wait for each other.
 */
export class AdmissionDesk {
  private waiting: Asking[] = [];
  private timer: Timer | null = null;

  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
  ) {}

  /** The rows of the key with this hash, null when there is no such key; rejects when the database is away. */
  look(hash: string, sessionId: string): Promise<AdmissionRow | null> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ hash, sessionId, resolve, reject });
      if (this.waiting.length >= mostInBatch) this.send();
      else this.timer ??= this.clock.setTimeout(() => this.send(), gatherMs);
    });
  }

  private send(): void {
    this.timer?.cancel();
    this.timer = null;
    const batch = this.waiting;
    this.waiting = [];
    if (batch.length > 0) void this.ask(batch);
  }

  private async ask(batch: Asking[]): Promise<void> {
    try {
      const rows = await this.db.sql<AdmissionRow[]>`
        select x.place::int as place, k.id as "keyId", k.prefix as "keyPrefix",
          k.revoked_at is not null as revoked, a.removed_at is not null as removed, a.id as "agentId",
          a.account_id as account, a.name, p.status, p.session_id as "knownSession",
          coalesce(c.through, -1)::float8 as through
        from unnest(${batch.map((asking) => asking.hash)}::text[],
          ${batch.map((asking) => asking.sessionId)}::text[]) with ordinality as x(hash, session_id, place)
        join agent_keys k on k.hash = x.hash
        join agents a on a.id = k.agent_id
        join agent_presence p on p.agent_id = a.id
        left join log_cursors c on c.agent_id = a.id and c.session_id = x.session_id`;
      const byPlace = new Map(rows.map((row) => [row.place, row]));
      batch.forEach((asking, index) => {
        asking.resolve(byPlace.get(index + 1) ?? null);
      });
      await this.noteUse(rows);
    } catch (error) {
      for (const asking of batch) asking.reject(error);
    }
  }

  /** When a key was last used is a hint for people: once a minute is enough, and a failure is no reason to refuse. */
  private async noteUse(rows: AdmissionRow[]): Promise<void> {
    const now = this.clock.now().toISOString();
    await this.db.sql`
      update agent_keys set last_used_at = ${now}::timestamptz
      where id = any(${rows.filter((row) => !row.revoked).map((row) => row.keyId)}::text[])
        and (last_used_at is null or last_used_at < ${now}::timestamptz - interval '1 minute')`;
  }
}
