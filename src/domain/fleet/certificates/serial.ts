import type { Ids } from "@/platform/ids";

/** A serial number that nobody can guess: 32 hex digits, positive and never shortened by leading zeros. */
export function newSerial(ids: Ids): string {
  const bytes = Buffer.from(ids.bytes(16));
  bytes[0] = ((bytes[0] ?? 0) & 0x3f) | 0x40;
  return bytes.toString("hex");
}

const clockSkewMs = 5 * 60_000;

/** From a little before now on, since the other side's clock may be behind ours. */
export const validFrom = (now: Date): Date => new Date(now.getTime() - clockSkewMs);
