"use client";

import { Plus } from "lucide-react";
import { useState } from "react";
import type { AgentKey } from "@/contracts/fleet/agent";
import type { AgentCertificate } from "@/contracts/fleet/certificate";
import { useSession } from "../../api/session";
import { trpc } from "../../api/trpc";
import { useNow } from "../../format/ticker";
import { Awaited } from "../../people/awaited";
import { SecretDialog } from "../../people/secret-dialog";
import { tellFailure } from "../../people/tell";
import { Button } from "../../primitives/button";
import { Card, CardBody, CardHeader } from "../../primitives/card";
import { CertificateLine } from "./certificate-line";
import { KeyLine } from "./key-line";

/** One in use and one to change to: the server refuses a third. */
const mostKeys = 2;

/**
 * Keys and certificates that may speak as this agent; only those who manage agents may see them. Both lists are waited
 * for: half of them would call a key the only one that is not.
 */
export function KeysCard({ agentId }: { agentId: string }) {
  const { can } = useSession();
  const enabled = can("agents:manage");
  const cache = trpc.useUtils();
  const keys = trpc.agentKeys.list.useQuery({ id: agentId }, { enabled });
  const certificates = trpc.agentCertificates.list.useQuery({ id: agentId }, { enabled });
  const [secret, setSecret] = useState<string | null>(null);
  const create = trpc.agentKeys.create.useMutation({
    onSuccess: async ({ key }) => {
      setSecret(key);
      await cache.agentKeys.list.invalidate({ id: agentId });
    },
    onError: tellFailure("No second key was made"),
  });
  if (!enabled) return null;
  const good = keys.data?.items.filter(({ revokedAt }) => revokedAt === null);
  const both = {
    data: keys.data && certificates.data && { keys: keys.data.items, certificates: certificates.data.items },
    error: keys.error ?? certificates.error,
    refetch: () => Promise.all([keys.refetch(), certificates.refetch()]),
  };
  return (
    <Card>
      <CardHeader title="Keys" aside="Only hashes are stored">
        {good && good.length < mostKeys ? (
          <Button variant="ghost" busy={create.isPending} onClick={() => create.mutate({ id: agentId })}>
            <Plus aria-hidden="true" />
            {good.length === 0 ? "Make a key" : "Second key"}
          </Button>
        ) : null}
      </CardHeader>
      <CardBody>
        <Awaited query={both} rows={1}>
          {(held) => <Credentials agentId={agentId} {...held} />}
        </Awaited>
      </CardBody>
      <SecretDialog title="The new key of this agent" secret={secret} onClose={() => setSecret(null)}>
        <p className="text-muted-foreground text-sm">
          Start the agent with <code className="mono">MC_AGENT_KEY</code> set to it. The other key goes on
          working until you revoke it.
        </p>
      </SecretDialog>
    </Card>
  );
}

/** What is not revoked, a line each. An expired certificate stays in sight, but lets nobody in. */
function Credentials({
  agentId,
  keys,
  certificates,
}: {
  agentId: string;
  keys: readonly AgentKey[];
  certificates: readonly AgentCertificate[];
}) {
  const nowMs = useNow();
  const good = keys.filter(({ revokedAt }) => revokedAt === null);
  const over = keys.length - good.length;
  const kept = certificates.filter(({ revokedAt }) => revokedAt === null);
  const openings = good.length + kept.filter(({ expiresAt }) => Date.parse(expiresAt) > nowMs).length;
  return (
    <div className="grid gap-2 text-xs">
      {openings === 0 ? (
        <p className="text-muted-foreground">No key is good: this agent can't come in until it gets one.</p>
      ) : null}
      {good.length + kept.length > 0 ? (
        <ul className="grid gap-3">
          {good.map((key) => (
            <KeyLine key={key.id} agentId={agentId} held={key} isOnly={openings === 1} />
          ))}
          {kept.map((certificate) => (
            <CertificateLine key={certificate.serial} agentId={agentId} held={certificate} />
          ))}
        </ul>
      ) : null}
      {over > 0 ? (
        <p className="text-muted-foreground">
          {over === 1 ? "One key was revoked." : `${over} keys were revoked.`}
        </p>
      ) : null}
    </div>
  );
}
