import { and, eq, lt } from "drizzle-orm";
import { resetLinkMs } from "@/contracts/people/password-reset";
import { passwordResets } from "@/db/schema";
import { type Ctx, conflict, transact } from "@/domain/kernel";
import { type Attempts, placeOf, unhurried, type Visitor } from "@/domain/people/sessions";
import { type UserRow, userByIdentifier, userTarget } from "@/domain/people/users";
import { sha256Hex } from "@/platform/crypto";
import type { Mailer } from "@/platform/mail";
import { otherWayLetter, resetLetter } from "./reset-letters";

/** How mail leaves, and the public origin that its links lead to: never what a request says of itself. */
export type Post = { mailer: Mailer; consoleUrl: string };

/**
 * Mails a link that sets a new password, or, to who comes by single sign-on, that there is none here. The answer and its time are the same whether the address is known: the audit
 * log alone knows. It does not wait for the mail server. Five times an hour for each place and each address.
 */
export async function askPasswordReset(
  ctx: Ctx,
  { identifier }: { identifier: string },
  visitor: Visitor,
  attempts: Attempts,
  post: Post,
): Promise<void> {
  await unhurried(ctx.clock, async () => {
    if (!post.mailer.on) {
      throw conflict(
        "This Mission Control sends no mail, so it can't send you a link. Ask an admin to set a new password for you.",
      );
    }
    const address = identifier.trim().toLowerCase();
    await attempts.take(`forgot ${placeOf(visitor.ip)}`, "recover");
    await attempts.take(`forgot address ${sha256Hex(address).slice(0, 16)}`, "recover");
    const row = await userByIdentifier(ctx.db.orm, address);
    const because = whyNot(row);
    if (row && !because) return sendLink(ctx, row, visitor, post);
    await recordAsking(ctx, row, address, visitor, because);
    // Known by the mail alone: whoever asked gets the answer that everybody gets.
    if (row && because === noPassword) post.mailer.post(otherWayLetter(row, post.consoleUrl));
  });
}

/** Who has no password comes by single sign-on: a password would be a second door, past the identity provider. */
function whyNot(row: UserRow | undefined): string | null {
  if (!row) return "unknown user";
  if (row.disabledAt) return "disabled user";
  return row.passwordHash ? null : noPassword;
}

const noPassword = "has no password here";

async function sendLink(ctx: Ctx, row: UserRow, visitor: Visitor, post: Post): Promise<void> {
  const token = ctx.ids.secret("mcp");
  const now = ctx.clock.now();
  await transact({ ...ctx, account: row.accountId, actor: actorOf(row.email, visitor) }, async (unit) => {
    await unit.tx
      .delete(passwordResets)
      .where(and(eq(passwordResets.userId, row.id), lt(passwordResets.expiresAt, now)));
    await unit.tx.insert(passwordResets).values({
      id: ctx.ids.id("pwr"),
      accountId: row.accountId,
      userId: row.id,
      hash: sha256Hex(token),
      createdAt: now,
      expiresAt: new Date(now.getTime() + resetLinkMs),
    });
    unit.record({
      kind: "security.password_reset_asked",
      target: userTarget(row),
      data: { identifier: row.email, ip: visitor.ip, linkSent: true },
    });
    unit.afterCommit(() => void post.mailer.post(resetLetter(row, post.consoleUrl, token)));
  });
}

async function recordAsking(
  ctx: Ctx,
  row: UserRow | undefined,
  typed: string,
  visitor: Visitor,
  because: string | null,
): Promise<void> {
  // People type their password into the wrong field: what is no address does not go into the log.
  const identifier = row?.email ?? (/^[^\s@]+@[^\s@]+$/.test(typed) ? typed : "(not an e-mail address)");
  const account = row?.accountId ?? ctx.account;
  await transact({ ...ctx, account, actor: actorOf(identifier, visitor), role: null }, async (unit) => {
    unit.record({
      kind: "security.password_reset_asked",
      target: row ? userTarget(row) : null,
      data: { identifier, ip: visitor.ip, linkSent: false, because },
    });
  });
}

const actorOf = (name: string, { ip }: Visitor) => ({
  kind: "anonymous" as const,
  id: ip ?? "unknown",
  name,
});
