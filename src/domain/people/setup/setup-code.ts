import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { and, eq } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { settings, users } from "@/db/schema";
import { type Ground, mainAccount } from "@/domain/kernel";
import { sha256Hex } from "@/platform/crypto";

/** No I, O, 0, 1: the code is read from a terminal and typed into a page. 32 signs, so 60 bits in twelve. */
const alphabet = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
const validMs = 24 * 3_600_000;
/** Instances that start together on one database each print a code; the last few stay valid. */
const mostCodes = 5;

const settingKey = "setup-codes";
export const ownSetting = and(eq(settings.accountId, mainAccount), eq(settings.key, settingKey));
export type StoredCodes = { codes: { hash: string; madeAt: string }[] };

export const setupCodeFile = (dataDir: string) => join(dataDir, "setup-code");

/** Whether nobody can sign in yet, so that the first visitor with the code becomes the owner. */
export async function isSetupNeeded({ db }: Pick<Ground, "db">): Promise<boolean> {
  const [anyone] = await db.orm.select({ id: users.id }).from(users).limit(1);
  return !anyone;
}

/**
 * The one-time code that makes the first owner, for the server to print; null when there is one already. It is valid
 * for a day, lies in the file `setup-code` of the data folder (readable by its owner only), and the database holds
 * only its hash. A restart prints the same code while it is valid.
 */
export async function prepareSetup(
  ground: Pick<Ground, "db" | "clock" | "ids">,
  dataDir: string,
): Promise<string | null> {
  if (!(await isSetupNeeded(ground))) return null;
  const now = ground.clock.now();
  const kept = readCode(dataDir);
  return ground.db.orm.transaction(async (tx) => {
    const valid = await validCodes(tx, now);
    if (kept && valid.some(({ hash }) => hash === hashCode(kept))) return kept;
    const code = makeCode(ground.ids.bytes(12));
    const codes = [...valid, { hash: hashCode(code), madeAt: now.toISOString() }].slice(-mostCodes);
    await tx
      .insert(settings)
      .values({ accountId: mainAccount, key: settingKey, value: { codes }, changedAt: now })
      .onConflictDoUpdate({
        target: [settings.accountId, settings.key],
        set: { value: { codes }, changedAt: now },
      });
    mkdirSync(dataDir, { recursive: true });
    rmSync(setupCodeFile(dataDir), { force: true });
    writeFileSync(setupCodeFile(dataDir), `${code}\n`, { mode: 0o600 });
    return code;
  });
}

/** Codes that still open the setup, with the row locked. */
export async function validCodes(tx: Tx, now: Date): Promise<StoredCodes["codes"]> {
  const [row] = await tx.select().from(settings).where(ownSetting).for("update");
  const stored = (row?.value as StoredCodes | undefined)?.codes ?? [];
  return stored.filter(({ madeAt }) => now.getTime() - new Date(madeAt).getTime() < validMs);
}

/** Case and dashes are forgiven. */
export function hashCode(typed: string): string {
  return sha256Hex(typed.toUpperCase().replace(/[^A-Z0-9]/g, ""));
}

function makeCode(bytes: Buffer): string {
  const signs = [...bytes].map((byte) => alphabet.charAt(byte % alphabet.length)).join("");
  return signs.replace(/(.{4})(?=.)/g, "$1-");
}

function readCode(dataDir: string): string | null {
  try {
    return readFileSync(setupCodeFile(dataDir), "utf8").trim();
  } catch {
    return null;
  }
}
