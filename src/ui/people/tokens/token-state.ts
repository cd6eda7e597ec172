/** Whether a secret still opens anything. */
export function tokenState(
  token: { revokedAt: string | null; expiresAt: string | null; usesLeft?: number | null },
  nowMs: number,
): "valid" | "revoked" | "expired" | "used up" {
  if (token.revokedAt !== null) return "revoked";
  if (token.expiresAt !== null && Date.parse(token.expiresAt) <= nowMs) return "expired";
  return token.usesLeft === 0 ? "used up" : "valid";
}
