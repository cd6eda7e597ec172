import { z } from "zod";
import { agentKeySchema, rotateKeySchema } from "@/contracts/fleet/agent";
import { safeIdSchema } from "@/contracts/kernel/id";
import { createKey } from "@/domain/fleet/keys/create-key";
import { findKeys } from "@/domain/fleet/keys/find-keys";
import { revokeKey } from "@/domain/fleet/keys/revoke-key";
import { rotateKey } from "@/domain/fleet/keys/rotate-key";
import { procedure, router } from "../trpc";
import { done, oneAgent } from "./inputs";

const tags = ["agents"];
const oneKey = oneAgent.extend({ keyId: safeIdSchema });

/** Keys of an agent: two may be valid at once, so that it can change from one to the other. */
export const agentKeysRouter = router({
  list: procedure
    .meta({
      openapi: { method: "GET", path: "/agents/{id}/keys", summary: "Keys of an agent", tags },
      access: "agents:manage",
    })
    .input(oneAgent)
    .output(z.object({ items: z.array(agentKeySchema) }))
    .query(async ({ ctx, input }) => ({ items: await findKeys(ctx, input.id) })),

  create: procedure
    .meta({
      openapi: {
        method: "POST",
        path: "/agents/{id}/keys",
        summary: "A second key for an agent; it is shown this once",
        tags,
      },
      access: "agents:manage",
      successStatus: 201,
    })
    .input(oneAgent)
    .output(agentKeySchema.extend({ key: z.string() }))
    .mutation(async ({ ctx, input }) => {
      const made = await createKey(ctx, input.id);
      ctx.answerWith(201);
      return made;
    }),

  rotate: procedure
    .meta({
      openapi: {
        method: "POST",
        path: "/agents/{id}/keys/{keyId}/rotate",
        summary: "A new secret for a key, shown this once; the old one stays good for a while",
        tags,
      },
      access: "agents:manage",
    })
    .input(rotateKeySchema.extend(oneKey.shape))
    .output(agentKeySchema.extend({ key: z.string() }))
    .mutation(({ ctx, input: { id, keyId, ...wish } }) => rotateKey(ctx, id, keyId, wish)),

  revoke: procedure
    .meta({
      openapi: {
        method: "DELETE",
        path: "/agents/{id}/keys/{keyId}",
        summary: "Revoke a key; a connection that came in by it falls at once",
        tags,
      },
      access: "agents:manage",
    })
    .input(oneKey)
    .output(done)
    .mutation(async ({ ctx, input }) => {
      await revokeKey(ctx, input.id, input.keyId);
      return { ok: true as const };
    }),
});
