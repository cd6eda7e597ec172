import { z } from "zod";
import { type AlertLinkAct, alertLinkActs, alertLinkMs } from "@/contracts/watch/alert-link";
import type { Ground } from "@/domain/kernel";

/** What a link may do: one act, on one alert, given to one channel, for a time. */
export type LinkClaims = { act: AlertLinkAct; alertId: string; channelId: string; expiresAt: Date };

const claimsSchema = z.tuple([z.enum(alertLinkActs), z.string(), z.string(), z.number()]);

/**
 * A token that only this installation can make: AES-GCM by a key derived from its secret for this purpose alone, so it
 * is authentic, tells nothing to who sees the address, and outlives a rotation of the secret as long as the previous
 * one still opens. Logs leave texts of this shape out.
 */
export function linkToken(
  { sealer, clock }: Pick<Ground, "sealer" | "clock">,
  { act, alertId, channelId }: Omit<LinkClaims, "expiresAt">,
): string {
  const claims: z.infer<typeof claimsSchema> = [act, alertId, channelId, clock.nowMs() + alertLinkMs];
  return sealer.seal(JSON.stringify(claims), "alert-link");
}

/** What a token says, also when it has run out; null for one that we did not make, or that is not whole. */
export function readLinkToken({ sealer }: Pick<Ground, "sealer">, token: string): LinkClaims | null {
  try {
    const [act, alertId, channelId, expiresMs] = claimsSchema.parse(
      JSON.parse(sealer.open(token, "alert-link")),
    );
    return { act, alertId, channelId, expiresAt: new Date(expiresMs) };
  } catch {
    return null;
  }
}
