"use client";

import { useState } from "react";
import type { AgentKey } from "@/contracts/fleet/agent";
import { useSession } from "../../api/session";
import { trpc } from "../../api/trpc";
import { RelativeTime } from "../../format/time";
import { SecretDialog } from "../../people/secret-dialog";
import { tellFailure } from "../../people/tell";
import { Button } from "../../primitives/button";
import { Card, CardBody, CardHeader } from "../../primitives/card";

/** Keys and certificates that may speak as this agent; only those who manage agents may see them. */
export function KeysCard({ agentId }: { agentId: string }) {
  const { can } = useSession();
  const enabled = can("agents:manage");
  const keys = trpc.agentKeys.list.useQuery({ id: agentId }, { enabled });
  const certificates = trpc.agentCertificates.list.useQuery({ id: agentId }, { enabled });
  if (!keys.data) return null;
  return (
    <Card>
      <CardHeader title="Keys" aside="Only a hash is stored" />
      <CardBody>
        <ul className="grid gap-1.5 text-xs">
          {keys.data.items.map((key) => (
            <KeyLine key={key.id} agentId={agentId} held={key} />
          ))}
          {certificates.data?.items.map((certificate) => (
            <li key={certificate.serial} className="flex items-baseline justify-between gap-3">
              <span>
                Certificate <span className="mono">{certificate.serial.slice(0, 8)}…</span>
              </span>
              <LastUse {...certificate} />
            </li>
          ))}
        </ul>
      </CardBody>
    </Card>
  );
}

/** One key; rotating it is safe at any time, since the old secret is good until the new one is used. */
function KeyLine({ agentId, held }: { agentId: string; held: AgentKey }) {
  const cache = trpc.useUtils();
  const [secret, setSecret] = useState<string | null>(null);
  const rotate = trpc.agentKeys.rotate.useMutation({
    onSuccess: async ({ key }) => {
      setSecret(key);
      await cache.agentKeys.list.invalidate({ id: agentId });
    },
    onError: tellFailure("The key was not rotated"),
  });
  return (
    <li className="grid grid-cols-[1fr_auto] items-baseline gap-x-3">
      <span className="mono cut" title={held.id}>
        {held.prefix}…
      </span>
      <LastUse {...held} />
      {held.previous ? (
        <span className="col-span-2 text-muted-foreground">
          <span className="mono">{held.previous.prefix}…</span> is good too
          {held.previous.endsAt ? " for a while" : ", until the new one is used"}
        </span>
      ) : held.revokedAt ? null : (
        <Button
          variant="ghost"
          className="col-span-2 justify-self-start"
          aria-label={`Rotate the key ${held.prefix}`}
          disabled={rotate.isPending}
          onClick={() => rotate.mutate({ id: agentId, keyId: held.id })}
        >
          Rotate
        </Button>
      )}
      <SecretDialog title="The new key of this agent" secret={secret} onClose={() => setSecret(null)}>
        <p>The old key stays good until this one is used for the first time.</p>
      </SecretDialog>
    </li>
  );
}

function LastUse({
  revokedAt,
  lastUsedAt,
  lastUsedFrom,
}: Pick<AgentKey, "revokedAt" | "lastUsedAt" | "lastUsedFrom">) {
  return (
    <span className="text-right text-muted-foreground">
      {revokedAt ? (
        "revoked"
      ) : lastUsedAt ? (
        <>
          used <RelativeTime at={lastUsedAt} suffix="ago" />
          {lastUsedFrom ? ` from ${lastUsedFrom}` : null}
        </>
      ) : (
        "never used"
      )}
    </span>
  );
}
