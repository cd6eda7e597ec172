"use client";

import { useState } from "react";
import type { AgentCertificate } from "@/contracts/fleet/certificate";
import { trpc } from "../../api/trpc";
import { useNow } from "../../format/ticker";
import { RelativeTime } from "../../format/time";
import { ConfirmDialog } from "../../people/confirm-dialog";
import { tellFailure } from "../../people/tell";
import { EndsAt } from "../../people/tokens/ends-at";
import { Button } from "../../primitives/button";
import { toast } from "../../primitives/toast";
import { LastUse } from "./last-use";

/** One client certificate, issued by `mc ca issue` or by an authority outside. */
export function CertificateLine({ agentId, held }: { agentId: string; held: AgentCertificate }) {
  const cache = trpc.useUtils();
  const [asking, setAsking] = useState(false);
  const expired = Date.parse(held.expiresAt) <= useNow();
  const short = held.serial.slice(0, 8);
  const revoke = trpc.agentCertificates.revoke.useMutation({
    onSuccess: async () => {
      toast.done({ title: `The certificate ${short}… opens nothing any more` });
      await cache.agentCertificates.list.invalidate({ id: agentId });
    },
    onError: tellFailure("The certificate was not revoked"),
    onSettled: () => setAsking(false),
  });
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-2">
      <span className="cut" title={`${held.serial}, issued by ${held.issuedBy}`}>
        Certificate <span className="mono">{short}…</span>
      </span>
      <Button variant="ghost" aria-label={`Revoke the certificate ${short}`} onClick={() => setAsking(true)}>
        Revoke
      </Button>
      <span className="col-span-2 text-muted-foreground">
        <LastUse {...held} />, {expired ? "expired " : "ends "}
        <EndsAt at={held.expiresAt} over={expired} />
      </span>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={`Revoke the certificate ${short}…?`}
        does="Revoke the certificate"
        busy={revoke.isPending}
        onConfirm={() => revoke.mutate({ id: agentId, serial: held.serial })}
      >
        <p>
          A connection that came in by it falls at once. Issued by {held.issuedBy}{" "}
          <RelativeTime at={held.createdAt} suffix="ago" />. A new one:{" "}
          <code className="mono">mc ca issue</code>.
        </p>
      </ConfirmDialog>
    </li>
  );
}
