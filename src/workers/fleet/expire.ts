import { accounts } from "@/db/schema";
import { endBatchSize, expireCommands, giveUpOnLost } from "@/domain/fleet/commands";
import type { Ground } from "@/domain/kernel";
import { startLoop } from "@/platform/loop";

/** A command ends at most so long after its deadline. */
const tickMs = 500;

/** Ends commands whose time is over: as expired, or as lost. Run it under the lease `expire`. */
export function startExpirer(ground: Ground) {
  return startLoop({
    name: "expire",
    everyMs: tickMs,
    clock: ground.clock,
    log: ground.log,
    run: async (signal) => {
      const all = await ground.db.orm.select({ id: accounts.id }).from(accounts);
      for (const { id } of all) {
        for (const end of [expireCommands, giveUpOnLost]) {
          while (!signal.aborted && (await end(ground, id)) === endBatchSize);
        }
      }
    },
  });
}
