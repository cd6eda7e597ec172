import type { LogLevel, LogLine } from "@/contracts/fleet/log-line";
import { findAgent } from "@/domain/fleet/agents/find-agent";
import type { Ctx } from "@/domain/kernel";
import { findLines } from "./find-lines";

/** A file that an editor opens and a person can send: some 10 MB at most. */
export const mostDownloaded = 10_000;
const pageSize = 2_000;

/** The newest lines as text, oldest first: `time level [source] message`, further lines of a message indented. */
export async function downloadLines(
  ctx: Ctx,
  query: { agentId: string; level?: LogLevel; q?: string },
): Promise<{ text: string; fileName: string; lines: number }> {
  const agent = await findAgent(ctx, query.agentId);
  const pages: LogLine[][] = [];
  let count = 0;
  let cursor: string | undefined;
  do {
    const page = await findLines(ctx, {
      ...query,
      limit: Math.min(pageSize, mostDownloaded - count),
      cursor,
    });
    pages.unshift(page.items);
    count += page.items.length;
    cursor = page.nextCursor ?? undefined;
  } while (cursor && count < mostDownloaded);
  const text = pages.flat().map(textOf).join("");
  const stamp = ctx.clock.now().toISOString().replace(/[:.]/g, "-");
  const name = agent.name.replace(/[^\p{L}\p{N}._-]+/gu, "-").slice(0, 60);
  return { text, fileName: `${name}-${stamp}.log`, lines: count };
}

function textOf(line: LogLine): string {
  const source = line.source ? ` [${line.source}]` : "";
  return `${line.at} ${line.level.toUpperCase().padEnd(5)}${source} ${line.message.replace(/\n/g, "\n    ")}\n`;
}
