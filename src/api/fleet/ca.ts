import { z } from "zod";
import {
  authoritySchema,
  heldCertificateSchema,
  heldCertificatesSchema,
} from "@/contracts/fleet/certificate";
import { findHeldCertificates, showAuthority } from "@/domain/fleet/certificates";
import { procedure, router } from "../trpc";

/** Our own authority for agents' certificates. */
export const caRouter = router({
  show: procedure
    .meta({
      openapi: {
        method: "GET",
        path: "/ca",
        summary: "Certificate of the authority that signs agents' certificates",
        tags: ["agents"],
      },
      access: "signed-in",
    })
    .output(authoritySchema)
    .query(({ ctx }) => showAuthority(ctx)),

  certificates: procedure
    .meta({
      openapi: {
        method: "GET",
        path: "/ca/certificates",
        summary: "Certificates that let agents in now, those that end first first; at most 1,000",
        tags: ["agents"],
      },
      access: "agents:manage",
    })
    .input(heldCertificatesSchema)
    .output(z.object({ items: z.array(heldCertificateSchema) }))
    .query(async ({ ctx, input }) => ({ items: await findHeldCertificates(ctx, input) })),
});
