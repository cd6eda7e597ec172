import type { Db } from "@/db/client";
import { type Credential, endPrevious, noteUses, type Use } from "@/domain/fleet/keys/note-uses";
import type { Clock, Timer } from "@/platform/clock";
import type { AdmissionRow } from "./admitted-agent";

/** Who knocks: by the SHA-256 of a key or of a certificate, in which session, from which network address. */
export type Knock = { by: Credential; hash: string; sessionId: string; from: string | null };

type Asking = Knock & {
  resolve: (row: AdmissionRow | null) => void;
  reject: (error: unknown) => void;
};

const gatherMs = 20;
const mostInBatch = 500;
/** When a credential was used last is a hint for people: written together, a moment later. */
const noteAfterMs = 1_000;

/**
 * Looks keys and certificates up, many in one query: after a restart of ours ten thousand agents knock within a second, and asking
 * for each by itself would make them wait for each other.
 */
export class AdmissionDesk {
  private waiting: Asking[] = [];
  private timer: Timer | null = null;
  /** By credential, the newest. */
  private readonly used = new Map<string, Use>();
  private noting: Timer | null = null;

  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
  ) {}

  /** The rows of this key or certificate, null when there is none; rejects when the database is away. */
  look(knock: Knock): Promise<AdmissionRow | null> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ ...knock, resolve, reject });
      if (this.waiting.length >= mostInBatch) this.send();
      else this.timer ??= this.clock.setTimeout(() => this.send(), gatherMs);
    });
  }

  /** Writes what is not noted yet, and ends. */
  async stop(): Promise<void> {
    this.noting?.cancel();
    await this.note();
  }

  private send(): void {
    this.timer?.cancel();
    this.timer = null;
    const batch = this.waiting;
    this.waiting = [];
    if (batch.length > 0) void this.ask(batch);
  }

  private async ask(batch: Asking[]): Promise<void> {
    const now = this.clock.now().toISOString();
    try {
      const rows = await this.db.sql<AdmissionRow[]>`
        select x.place::int as place, k.id as "keyId", k.prefix as "keyPrefix", x.by, k.previous,
          k.ends_previous as "endsPrevious", k.revoked, k.expired, a.removed_at is not null as removed,
          a.id as "agentId", a.account_id as account, a.name, p.status, p.session_id as "knownSession",
          coalesce(c.through, -1)::float8 as through
        from unnest(${batch.map((asking) => asking.by)}::text[],
          ${batch.map((asking) => asking.hash)}::text[],
          ${batch.map((asking) => asking.sessionId)}::text[]) with ordinality as x(by, hash, session_id, place)
        join lateral (
          select id, agent_id, prefix, revoked_at is not null as revoked, false as expired, false as previous,
            previous_hash is not null and previous_ends_at is null as ends_previous
          from agent_keys where x.by = 'key' and hash = x.hash
          union all
          select id, agent_id, previous_prefix, revoked_at is not null,
            coalesce(previous_ends_at <= ${now}::timestamptz, false), true, false
          from agent_keys where x.by = 'key' and previous_hash = x.hash
          union all
          select serial, agent_id, 'cert ' || left(serial, 8), revoked_at is not null,
            expires_at <= ${now}::timestamptz, false, false
          from agent_certificates where x.by = 'certificate' and fingerprint = x.hash
        ) k on true
        join agents a on a.id = k.agent_id
        join agent_presence p on p.agent_id = a.id
        left join log_cursors c on c.agent_id = a.id and c.session_id = x.session_id`;
      const good = rows.filter((row) => !row.revoked && !row.expired && !row.removed);
      await endPrevious(
        this.db,
        good.flatMap(({ endsPrevious, keyId }) => (endsPrevious ? [keyId] : [])),
      );
      const byPlace = new Map(rows.map((row) => [row.place, row]));
      batch.forEach((asking, index) => {
        asking.resolve(byPlace.get(index + 1) ?? null);
      });
      for (const { by, keyId, place } of good)
        this.used.set(`${by} ${keyId}`, { by, keyId, from: batch[place - 1]?.from ?? null, at: now });
      if (good.length > 0) this.noting ??= this.clock.setTimeout(() => void this.note(), noteAfterMs);
    } catch (error) {
      for (const asking of batch) asking.reject(error);
    }
  }

  /** Never rejects: a hint that was lost is given again by the next use. */
  private async note(): Promise<void> {
    this.noting?.cancel();
    this.noting = null;
    const used = [...this.used.values()];
    this.used.clear();
    if (used.length > 0) await noteUses(this.db, used).catch(() => {});
  }
}
