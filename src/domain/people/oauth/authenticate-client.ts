import { and, eq } from "drizzle-orm";
import { oauthClients } from "@/db/schema";
import type { Ground } from "@/domain/kernel";
import { sha256Hex, timingSafeEqualText } from "@/platform/crypto";
import { type ClientRow, isPreviousGood } from "./client-of";
import { OAuthRefusal } from "./refusal";

/** `last used` helps people to find dead clients; a minute's truth is enough. */
const usedEveryMs = 60_000;

/**
 * The machine client of this id and secret. Unknown, revoked and wrong get one answer. The first use of a new secret
 * ends the one before it, unless that one was given a time of its own.
 */
export async function authenticateClient(
  { db, clock }: Pick<Ground, "db" | "clock">,
  id: string | undefined,
  secret: string | undefined,
): Promise<ClientRow> {
  const [client] = /^cli_[0-9a-z]{26}$/.test(id ?? "")
    ? await db.orm
        .select()
        .from(oauthClients)
        .where(eq(oauthClients.id, id ?? ""))
    : [];
  const now = clock.now();
  const hash = sha256Hex(secret ?? "");
  const isNewest = timingSafeEqualText(hash, client?.secretHash ?? "");
  const isPrevious = timingSafeEqualText(hash, client?.previousSecretHash ?? "");
  const matches = isNewest || (isPrevious && client !== undefined && isPreviousGood(client, now));
  if (!client || !matches || client.revokedAt) {
    throw new OAuthRefusal("invalid_client", "There is no such client with this secret, or it was revoked.");
  }
  const endsPrevious = isNewest && client.previousSecretHash !== null && client.previousEndsAt === null;
  if (endsPrevious || !client.lastUsedAt || now.getTime() - client.lastUsedAt.getTime() > usedEveryMs) {
    const ended = endsPrevious ? { previousSecretHash: null, previousSecretPrefix: null } : {};
    await db.orm
      .update(oauthClients)
      .set({ lastUsedAt: now, ...ended })
      // A rotation in between must not lose its old secret to this.
      .where(and(eq(oauthClients.id, client.id), eq(oauthClients.secretHash, client.secretHash)));
  }
  return client;
}
