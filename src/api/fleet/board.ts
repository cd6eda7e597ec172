import { z } from "zod";
import type { Snapshot } from "@/contracts/wire/browser";
import { recentSparks } from "@/domain/fleet/board/recent-sparks";
import { procedure, router } from "../trpc";
import { boardBody } from "./board-body";

const tags = ["board"];

/** A record of arrays; the document says so, and no cell is walked. */
const columnsSchema = z
  .custom<Record<string, unknown[]>>((value) => typeof value === "object" && value !== null)
  .meta({ type: "object", additionalProperties: { type: "array" } });

/** Checked by its outline only: walking 10,000 rows with a schema would cost more than making them. */
const snapshotSchema = z.object({
  epoch: z.string(),
  seq: z.number(),
  t: z.number(),
  words: z.array(z.string()),
  columns: columnsSchema,
  commands: z.array(z.unknown()),
  alerts: z.array(z.unknown()),
  notices: z.array(z.unknown()),
});

/** A snapshot is shared and readonly; what leaves the server is a copy. */
type Open<Value> = {
  -readonly [Key in keyof Value]: Value[Key] extends readonly string[] ? string[] : Value[Key];
} & {
  columns: Record<string, unknown[]>;
};

/** The live board for whoever can't, or can't yet, hold a socket. */
export const boardRouter = router({
  snapshot: procedure
    .meta({
      openapi: {
        method: "GET",
        path: "/board",
        summary: "The whole board as of one frame; the socket's frames continue it",
        tags,
      },
      access: "board:read",
      body: (data) => boardBody(data as Snapshot),
    })
    .input(z.object({}))
    .output(snapshotSchema)
    .query(({ ctx }) => ctx.runtime.feed.snapshot(ctx.account) as Open<Snapshot>),

  sparks: procedure
    .meta({
      openapi: {
        method: "GET",
        path: "/board/sparks",
        summary: "CPU of every agent in the last ten minutes",
        tags,
      },
      access: "board:read",
    })
    .input(z.object({}))
    .output(
      z.object({
        from: z.string(),
        everyMs: z.number(),
        byAgent: z.record(z.string(), z.array(z.number().nullable())),
      }),
    )
    .query(({ ctx }) => recentSparks(ctx)),
});
