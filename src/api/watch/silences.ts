import { z } from "zod";
import { pageOf } from "@/contracts/kernel/page";
import {
  changeSilenceSchema,
  createSilenceSchema,
  previewSilenceSchema,
  silencePreviewSchema,
  silenceSchema,
  silencesQuerySchema,
} from "@/contracts/watch/silence";
import {
  changeSilence,
  createSilence,
  endSilence,
  getSilence,
  listSilences,
  previewSilence,
} from "@/domain/watch/silences";
import { procedure, router } from "../trpc";

const oneSchema = z.object({ id: z.string() });
const tags = ["silences"];
const reading = "board:read" as const;
const acting = "alerts:operate" as const;

/** Silences and planned work: what fires meanwhile is not told. */
export const silencesRouter = router({
  list: procedure
    .meta({
      openapi: {
        method: "GET",
        path: "/silences",
        summary: "List silences and planned work, those that have not ended first",
        tags,
      },
      access: reading,
    })
    .input(silencesQuerySchema)
    .output(pageOf(silenceSchema))
    .query(({ ctx, input }) => listSilences(ctx, input)),

  get: procedure
    .meta({
      openapi: { method: "GET", path: "/silences/{id}", summary: "Show a silence", tags },
      access: reading,
    })
    .input(oneSchema)
    .output(silenceSchema)
    .query(({ ctx, input }) => getSilence(ctx, input.id)),

  create: procedure
    .meta({
      openapi: { method: "POST", path: "/silences", summary: "Make a silence or planned work", tags },
      access: acting,
      successStatus: 201,
    })
    .input(createSilenceSchema)
    .output(silenceSchema)
    .mutation(({ ctx, input }) => createSilence(ctx, input)),

  change: procedure
    .meta({
      openapi: { method: "PATCH", path: "/silences/{id}", summary: "Change a silence", tags },
      access: acting,
    })
    .input(changeSilenceSchema)
    .output(silenceSchema)
    .mutation(({ ctx, input }) => changeSilence(ctx, input)),

  end: procedure
    .meta({
      openapi: { method: "POST", path: "/silences/{id}/end", summary: "End a silence now", tags },
      access: acting,
    })
    .input(oneSchema)
    .output(silenceSchema)
    .mutation(({ ctx, input }) => endSilence(ctx, input.id)),

  preview: procedure
    .meta({
      openapi: {
        method: "POST",
        path: "/silences/preview",
        summary: "Which firing alerts these matchers fit",
        tags,
      },
      access: acting,
    })
    .input(previewSilenceSchema)
    .output(silencePreviewSchema)
    .mutation(({ ctx, input }) => previewSilence(ctx, input)),
});
