import { z } from "zod";
import { logLevelSchema, logLineSchema } from "@/contracts/fleet/log-line";
import { safeIdSchema } from "@/contracts/kernel/id";
import { pageOf, pageQuerySchema } from "@/contracts/kernel/page";
import { lineSchema } from "@/contracts/kernel/text";
import { downloadLines, findLines } from "@/domain/fleet/logs";
import { procedure, router } from "../trpc";

const tags = ["logs"];
const filter = { level: logLevelSchema.optional(), q: lineSchema(200).optional() };

/** Lines of agents. */
export const logsRouter = router({
  list: procedure
    .meta({
      openapi: {
        method: "GET",
        path: "/agents/{id}/logs",
        summary: "The newest lines, oldest first in the page; the cursor leads to older ones",
        tags,
      },
      access: "board:read",
    })
    .input(pageQuerySchema.extend({ id: safeIdSchema, ...filter }))
    .output(pageOf(logLineSchema))
    .query(({ ctx, input: { id, ...query } }) => findLines(ctx, { ...query, agentId: id })),

  download: procedure
    .meta({
      openapi: {
        method: "GET",
        path: "/agents/{id}/logs/download",
        summary: "The newest 10,000 lines as one text, with a name for the file",
        tags,
      },
      access: "board:read",
    })
    .input(z.object({ id: safeIdSchema, ...filter }))
    .output(z.object({ text: z.string(), fileName: z.string(), lines: z.number() }))
    .query(({ ctx, input: { id, ...query } }) => downloadLines(ctx, { ...query, agentId: id })),
});
