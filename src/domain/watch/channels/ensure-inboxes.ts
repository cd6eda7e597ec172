import { ne } from "drizzle-orm";
import { accounts, channels } from "@/db/schema";
import { type Ground, systemCtx, transact } from "@/domain/kernel";
import { maskedTarget, sealConfig } from "./config";
import { channelOf, channelTarget, toldNothing } from "./find";

/** Holder of the installation's own settings: no tenant, so nobody reads there. */
const systemAccount = "acc_system";

/**
 * Gives every account the channel "Inbox", once, so that alerts are told with nothing configured: its id is fixed, so
 * neither a second instance nor a restart makes another, and one that was deleted stays deleted. Call it at start.
 */
export async function ensureInboxes(ground: Ground): Promise<void> {
  const found = await ground.db.orm
    .select({ id: accounts.id })
    .from(accounts)
    .where(ne(accounts.id, systemAccount));
  for (const { id: account } of found) {
    const ctx = systemCtx(ground, account);
    const config = { kind: "inbox", role: "viewer" } as const;
    await transact(ctx, async ({ tx, record }) => {
      const row: typeof channels.$inferSelect = {
        id: `chn_inbox_${account}`,
        accountId: account,
        kind: "inbox",
        name: "Inbox",
        sealedConfig: sealConfig(ctx.sealer, config),
        target: maskedTarget(config),
        enabled: true,
        template: null,
        perMinute: null,
        failuresInRow: 0,
        brokenUntil: null,
        createdAt: ctx.clock.now(),
        deletedAt: null,
      };
      const made = await tx.insert(channels).values(row).onConflictDoNothing().returning({ id: channels.id });
      if (made.length === 0) return;
      const after = channelOf(row, toldNothing);
      record({ kind: "channel.created", target: channelTarget(row), after });
    });
  }
}
