import { certificateAuthorities } from "@/db/schema";
import type { Ground } from "@/domain/kernel";
import { newSerial, validFrom } from "./serial";
import { type Signer, signAuthority } from "./signing";

export type Authority = Signer & { createdAt: Date; expiresAt: Date };

/** There is one: a second start of ours, or another instance, finds it by this id. */
const authorityId = "ca_agents";
const sealPurpose = "certificate-authority";
const lifeYears = 10;

/**
 * Our own certificate authority for agents. Made at the first need; of two instances that make one at once the
 * database keeps the first, and both go on with that. Throws when its key was sealed with another secret.
 */
export async function ensureAuthority(
  ground: Pick<Ground, "db" | "clock" | "ids" | "sealer">,
): Promise<Authority> {
  const known = await loadAuthority(ground);
  if (known) return known;
  const now = ground.clock.now();
  const expiresAt = new Date(now);
  expiresAt.setUTCFullYear(now.getUTCFullYear() + lifeYears);
  const validity = { from: validFrom(now), to: expiresAt };
  const made = await signAuthority("Mission Control agents", newSerial(ground.ids), validity);
  await ground.db.orm
    .insert(certificateAuthorities)
    .values({
      id: authorityId,
      certificatePem: made.certificatePem,
      sealedKey: ground.sealer.seal(made.keyPem, sealPurpose),
      createdAt: now,
      expiresAt,
    })
    .onConflictDoNothing();
  const kept = await loadAuthority(ground);
  if (!kept) throw new Error("The certificate authority was removed while it was made.");
  return kept;
}

async function loadAuthority({ db, sealer }: Pick<Ground, "db" | "sealer">): Promise<Authority | null> {
  const [row] = await db.orm.select().from(certificateAuthorities).limit(1);
  if (!row) return null;
  const { certificatePem, sealedKey, createdAt, expiresAt } = row;
  return { certificatePem, keyPem: sealer.open(sealedKey, sealPurpose), createdAt, expiresAt };
}
