import { and, eq, gt, gte, inArray, isNull, or } from "drizzle-orm";
import { openCommandStates } from "@/contracts/fleet/command-states";
import { accounts, agents, alerts, commands, facts } from "@/db/schema";
import { loadBoardAgents } from "@/domain/fleet/agents";
import { commandOf } from "@/domain/fleet/commands/command-of";
import { factOf, type Ground, lastFactSeq } from "@/domain/kernel";
import { alertOf } from "./alert-of";
import {
  applyFact,
  batchShownMs,
  emptyPicture,
  endedShownMs,
  noticeShownMs,
  type Picture,
  placeAgent,
} from "./picture";

/**
 * Reads every account's picture. `seq` is read first: facts behind it may be in the tables already, and folding
 * them in again only says the same once more. What is no fact, beats and progress, comes again with the next word.
 */
export async function loadPictures(
  ground: Pick<Ground, "db" | "clock">,
  silentAfterMs?: number,
): Promise<{ seq: number; pictures: Map<string, Picture> }> {
  const { db } = ground;
  const seq = await lastFactSeq(db);
  const pictures = new Map<string, Picture>();
  for (const { id } of await db.orm.select({ id: accounts.id }).from(accounts)) {
    pictures.set(id, emptyPicture());
  }
  for (const { account, agent } of await loadBoardAgents(db, silentAfterMs)) {
    const picture = pictures.get(account);
    if (picture) placeAgent(picture, agent);
  }
  await Promise.all([
    loadCommands(ground, pictures),
    loadAlerts(ground, pictures),
    loadNotices(ground, pictures),
  ]);
  return { seq, pictures };
}

const ago = (ground: Pick<Ground, "clock">, ms: number) => new Date(ground.clock.now().getTime() - ms);

/** Whole batches, as `pruneEnded` keeps them: those of which a command is open or ended a moment ago. */
async function loadCommands(ground: Pick<Ground, "db" | "clock">, pictures: Map<string, Picture>) {
  const { orm } = ground.db;
  const isShown = or(
    inArray(commands.state, [...openCommandStates]),
    gte(commands.finishedAt, ago(ground, endedShownMs)),
  );
  const shown = orm.selectDistinct({ batchId: commands.batchId }).from(commands).where(isShown).as("shown");
  const rows = await orm
    .select({ command: commands, agentName: agents.name })
    .from(commands)
    .innerJoin(shown, eq(shown.batchId, commands.batchId))
    .innerJoin(agents, eq(agents.id, commands.agentId))
    .where(or(isNull(commands.finishedAt), gte(commands.finishedAt, ago(ground, batchShownMs))));
  for (const { command, agentName } of rows) {
    pictures.get(command.accountId)?.commands.set(command.id, commandOf(command, agentName));
  }
}

/** Also those about hosts, the fleet and ourselves, which no agent has: the page's list of alerts is made of these. */
async function loadAlerts(ground: Pick<Ground, "db" | "clock">, pictures: Map<string, Picture>) {
  const rows = await ground.db.orm
    .select()
    .from(alerts)
    .where(or(eq(alerts.state, "firing"), gte(alerts.resolvedAt, ago(ground, endedShownMs))));
  for (const row of rows) pictures.get(row.accountId)?.alerts.set(row.id, alertOf(row));
}

async function loadNotices(ground: Pick<Ground, "db" | "clock">, pictures: Map<string, Picture>) {
  const since = ago(ground, noticeShownMs);
  const rows = await ground.db.orm
    .select()
    .from(facts)
    .where(and(eq(facts.kind, "monitoring.was_blind"), gt(facts.stampedAt, since)));
  for (const row of rows) {
    const picture = pictures.get(row.accountId);
    if (picture) applyFact(picture, factOf(row));
  }
}
