import { asc, eq } from "drizzle-orm";
import { agentCertificates } from "@/db/schema";
import { agentRows } from "@/domain/fleet/agents/find-agent";
import { type Ctx, demand } from "@/domain/kernel";
import { certificateOf } from "./certificate-of";

/** Certificates of an agent, oldest first, also those that are over. */
export async function findCertificates(ctx: Ctx, agentId: string) {
  demand(ctx, "agents:manage");
  await agentRows(ctx, agentId);
  const rows = await ctx.db.orm
    .select()
    .from(agentCertificates)
    .where(eq(agentCertificates.agentId, agentId))
    .orderBy(asc(agentCertificates.createdAt), asc(agentCertificates.serial));
  return rows.map(certificateOf);
}
