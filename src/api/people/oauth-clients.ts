import { z } from "zod";
import { pageOf, pageQuerySchema } from "@/contracts/kernel/page";
import { machineClientSchema, makeClientSchema, rotateClientSchema } from "@/contracts/people/oauth";
import { findClients, makeClient, revokeClient, rotateClient } from "@/domain/people/oauth";
import { procedure, router } from "../trpc";

const tags = ["oauth"];
const access = "users:manage" as const;

/** Machines that come by OAuth2 client credentials. */
export const oauthClientsRouter = router({
  list: procedure
    .meta({
      openapi: {
        method: "GET",
        path: "/oauth/clients",
        summary: "Machine clients, without their secrets",
        tags,
      },
      access,
    })
    .input(pageQuerySchema.prefault({}))
    .output(pageOf(machineClientSchema))
    .query(({ ctx, input }) => findClients(ctx, input)),

  create: procedure
    .meta({
      openapi: {
        method: "POST",
        path: "/oauth/clients",
        summary: "Make a machine client; its secret is shown this once",
        tags,
      },
      access,
      successStatus: 201,
    })
    .input(makeClientSchema)
    .output(machineClientSchema.extend({ secret: z.string() }))
    .mutation(({ ctx, input }) => makeClient(ctx, input)),

  rotate: procedure
    .meta({
      openapi: {
        method: "POST",
        path: "/oauth/clients/{id}/rotate",
        summary: "A new secret for a machine client, shown this once; the old one stays good for a while",
        tags,
      },
      access,
    })
    .input(rotateClientSchema.extend({ id: z.string().max(64) }))
    .output(machineClientSchema.extend({ secret: z.string() }))
    .mutation(({ ctx, input: { id, ...wish } }) => rotateClient(ctx, id, wish)),

  revoke: procedure
    .meta({
      openapi: {
        method: "DELETE",
        path: "/oauth/clients/{id}",
        summary: "Revoke a machine client and its tokens at once",
        tags,
      },
      access,
    })
    .input(z.object({ id: z.string().max(64) }))
    .output(machineClientSchema)
    .mutation(({ ctx, input }) => revokeClient(ctx, input.id)),
});
