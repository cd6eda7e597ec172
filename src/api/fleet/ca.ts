import { authoritySchema } from "@/contracts/fleet/certificate";
import { showAuthority } from "@/domain/fleet/certificates";
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
});
