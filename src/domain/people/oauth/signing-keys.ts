import { and, desc, eq, gt, isNull, lt, or, sql } from "drizzle-orm";
import { exportJWK, exportPKCS8, generateKeyPair, importPKCS8, type JWK } from "jose";
import { type Jwks, jwksSchema } from "@/contracts/people/oauth";
import type { Tx } from "@/db/client";
import { signingKeys } from "@/db/schema";
import type { Ground } from "@/domain/kernel";
import { accessTokenMs, clockToleranceMs, signingKeyMs } from "./lifetimes";

/** The one algorithm of our tokens; what a token's header claims is never believed. */
export const signingAlgorithm = "ES256";
/** What the private keys are sealed for. */
export const signingKeyPurpose = "signing-key";

type KeyGround = Pick<Ground, "db" | "clock" | "ids" | "sealer">;
type KeyRow = typeof signingKeys.$inferSelect;

/** After its retirement a key still tells tokens apart for so long: the last one that it signed has then run out. */
const afterlifeMs = accessTokenMs + 2 * clockToleranceMs;

/**
 * The key that signs now. Made at the first need, and replaced when it is old; instances that come at the same moment
 * wait for each other and find one key.
 */
export async function currentSigningKey(ground: KeyGround): Promise<{ id: string; key: CryptoKey }> {
  const known = await newestKey(ground.db.orm);
  const oldest = new Date(ground.clock.now().getTime() - signingKeyMs);
  const row =
    known && known.createdAt > oldest
      ? known
      : await ground.db.orm.transaction(async (tx) => {
          await lockKeys(tx);
          const now = await newestKey(tx);
          return now && now.createdAt > oldest ? now : replaceKey(ground, tx);
        });
  const pem = ground.sealer.open(row.sealedPrivateKey, signingKeyPurpose);
  return { id: row.id, key: await importPKCS8(pem, signingAlgorithm) };
}

/** Instances take turns: of two that see no key, the second sees the first one's. Held until the transaction ends. */
export async function lockKeys(tx: Tx): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext('mission-control signing keys'))`);
}

async function newestKey(from: Ground["db"]["orm"] | Tx): Promise<KeyRow | undefined> {
  const [row] = await from
    .select()
    .from(signingKeys)
    .where(isNull(signingKeys.retiredAt))
    .orderBy(desc(signingKeys.createdAt), desc(signingKeys.id))
    .limit(1);
  return row;
}

/** A fresh key signs from now on; the ones before retire, and those that no valid token needs are forgotten. */
export async function replaceKey({ clock, ids, sealer }: KeyGround, tx: Tx): Promise<KeyRow> {
  const { privateKey, publicKey } = await generateKeyPair(signingAlgorithm, { extractable: true });
  const now = clock.now();
  await tx.delete(signingKeys).where(lt(signingKeys.retiredAt, longAgo(now)));
  await tx.update(signingKeys).set({ retiredAt: now }).where(isNull(signingKeys.retiredAt));
  const row: KeyRow = {
    id: ids.id("key"),
    publicJwk: { ...(await exportJWK(publicKey)) },
    sealedPrivateKey: sealer.seal(await exportPKCS8(privateKey), signingKeyPurpose),
    createdAt: now,
    retiredAt: null,
  };
  await tx.insert(signingKeys).values(row);
  return row;
}

const longAgo = (now: Date) => new Date(now.getTime() - afterlifeMs);

/** Keys whose signature counts: the one that signs, and retired ones whose tokens may not have run out. */
const stillCounts = (now: Date) => or(isNull(signingKeys.retiredAt), gt(signingKeys.retiredAt, longAgo(now)));

/** The public key of this id, null when there is none whose signature counts. */
export async function publicKeyOf(
  { db, clock }: Pick<Ground, "db" | "clock">,
  id: string,
): Promise<JWK | null> {
  const [row] = await db.orm
    .select({ publicJwk: signingKeys.publicJwk })
    .from(signingKeys)
    .where(and(eq(signingKeys.id, id), stillCounts(clock.now())));
  return row?.publicJwk ?? null;
}

/** The JWKS: what others need to tell our tokens from forged ones. The newest key first. */
export async function findPublicKeys({ db, clock }: Pick<Ground, "db" | "clock">): Promise<Jwks> {
  const rows = await db.orm
    .select({ id: signingKeys.id, publicJwk: signingKeys.publicJwk })
    .from(signingKeys)
    .where(stillCounts(clock.now()))
    .orderBy(desc(signingKeys.createdAt), desc(signingKeys.id));
  return jwksSchema.parse({
    keys: rows.map(({ id, publicJwk }) => ({ ...publicJwk, kid: id, use: "sig", alg: signingAlgorithm })),
  });
}
