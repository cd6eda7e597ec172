import { eq } from "drizzle-orm";
import { oauthClients } from "@/db/schema";
import type { Ground } from "@/domain/kernel";
import { sha256Hex, timingSafeEqualText } from "@/platform/crypto";
import { OAuthRefusal } from "./refusal";

/** `last used` helps people to find dead clients; a minute's truth is enough. */
const usedEveryMs = 60_000;

/** The machine client of this id and secret. Unknown, revoked and wrong get one answer. */
export async function authenticateClient(
  { db, clock }: Pick<Ground, "db" | "clock">,
  id: string | undefined,
  secret: string | undefined,
): Promise<typeof oauthClients.$inferSelect> {
  const [client] = /^cli_[0-9a-z]{26}$/.test(id ?? "")
    ? await db.orm
        .select()
        .from(oauthClients)
        .where(eq(oauthClients.id, id ?? ""))
    : [];
  const matches = timingSafeEqualText(sha256Hex(secret ?? ""), client?.secretHash ?? "");
  if (!client || !matches || client.revokedAt) {
    throw new OAuthRefusal("invalid_client", "There is no such client with this secret, or it was revoked.");
  }
  const now = clock.now();
  if (!client.lastUsedAt || now.getTime() - client.lastUsedAt.getTime() > usedEveryMs) {
    await db.orm.update(oauthClients).set({ lastUsedAt: now }).where(eq(oauthClients.id, client.id));
  }
  return client;
}
