import { and, eq } from "drizzle-orm";
import type { PingResult } from "@/contracts/watch/dead-man";
import type { Db, Tx } from "@/db/client";
import { settings } from "@/db/schema";
import type { Sealer } from "@/platform/crypto";

/** What is kept of the dead-man ping. The address has a row of its own: sealed texts are whole values. */
export type StoredDeadMan = { enabled: boolean; periodMs: number; target: string | null };

export const deadManKey = "dead-man";
export const urlKey = "dead-man-url";
export const lastKey = "dead-man-last";
export const defaultDeadMan: StoredDeadMan = { enabled: false, periodMs: 60_000, target: null };

const purpose = "setting";
export const sealUrl = (sealer: Sealer, url: string): string => sealer.seal(url, purpose);
export const openUrl = (sealer: Sealer, sealed: string): string => sealer.open(sealed, purpose);

/** What stands under a key of an account; null when nothing does. */
export async function readSetting<Value>(
  from: Db["orm"] | Tx,
  account: string,
  key: string,
): Promise<Value | null> {
  const [row] = await from
    .select({ value: settings.value })
    .from(settings)
    .where(and(eq(settings.accountId, account), eq(settings.key, key)));
  return (row?.value ?? null) as Value | null;
}

export async function writeSetting(
  to: Db["orm"] | Tx,
  account: string,
  key: string,
  value: StoredDeadMan | PingResult | string,
  changedAt: Date,
): Promise<void> {
  await to
    .insert(settings)
    .values({ accountId: account, key, value, changedAt })
    .onConflictDoUpdate({ target: [settings.accountId, settings.key], set: { value, changedAt } });
}
