import type { PingResult } from "@/contracts/watch/dead-man";
import { type Ctx, demand, invalid } from "@/domain/kernel";
import type { Out } from "@/platform/out";
import { ping } from "./ping";
import { openUrl, readSetting, urlKey } from "./stored";

/** Sends one ping now, whether they are switched on or held, and answers what came back. */
export async function testDeadMan(ctx: Ctx, out: Out): Promise<PingResult> {
  demand(ctx, "settings:manage");
  const sealed = await readSetting<string>(ctx.db.orm, ctx.account, urlKey);
  if (sealed === null) throw invalid("No address is set that a ping could go to.", { url: ["is missing"] });
  return ping(ctx, out, openUrl(ctx.sealer, sealed));
}
