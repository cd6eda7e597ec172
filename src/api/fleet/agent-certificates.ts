import { z } from "zod";
import {
  agentCertificateSchema,
  issueCertificateSchema,
  issuedCertificateSchema,
} from "@/contracts/fleet/certificate";
import { safeIdSchema } from "@/contracts/kernel/id";
import { findCertificates, issueCertificate, revokeCertificate } from "@/domain/fleet/certificates";
import { procedure, router } from "../trpc";
import { done, oneAgent } from "./inputs";

const tags = ["agents"];

/** Client certificates by which an agent comes in at the listener with mutual TLS. */
export const agentCertificatesRouter = router({
  list: procedure
    .meta({
      openapi: {
        method: "GET",
        path: "/agents/{id}/certificates",
        summary: "Client certificates of an agent, also those that are over",
        tags,
      },
      access: "agents:manage",
    })
    .input(oneAgent)
    .output(z.object({ items: z.array(agentCertificateSchema) }))
    .query(async ({ ctx, input }) => ({ items: await findCertificates(ctx, input.id) })),

  issue: procedure
    .meta({
      openapi: {
        method: "POST",
        path: "/agents/{id}/certificates",
        summary: "Issue a client certificate, from a signing request or with a key that is shown this once",
        tags,
      },
      access: "agents:manage",
      successStatus: 201,
    })
    .input(issueCertificateSchema.extend(oneAgent.shape))
    .output(issuedCertificateSchema)
    .mutation(async ({ ctx, input: { id, ...wish } }) => {
      const issued = await issueCertificate(ctx, id, wish);
      ctx.answerWith(201);
      return issued;
    }),

  revoke: procedure
    .meta({
      openapi: {
        method: "DELETE",
        path: "/agents/{id}/certificates/{serial}",
        summary: "Revoke a certificate; a connection that came in by it falls at once",
        tags,
      },
      access: "agents:manage",
    })
    .input(oneAgent.extend({ serial: safeIdSchema }))
    .output(done)
    .mutation(async ({ ctx, input }) => {
      await revokeCertificate(ctx, input.id, input.serial);
      return { ok: true as const };
    }),
});
