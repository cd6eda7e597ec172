"use client";

import { Plus } from "lucide-react";
import { useState } from "react";
import { useSession } from "../../api/session";
import { trpc } from "../../api/trpc";
import { SecretDialog } from "../../people/secret-dialog";
import { tellFailure } from "../../people/tell";
import { Button } from "../../primitives/button";
import { Card, CardBody, CardHeader } from "../../primitives/card";
import { CertificateLine } from "./certificate-line";
import { KeyLine } from "./key-line";

/** One in use and one to change to: the server refuses a third. */
const mostKeys = 2;

/** Keys and certificates that may speak as this agent; only those who manage agents may see them. */
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
  if (!keys.data) return null;
  const good = keys.data.items.filter(({ revokedAt }) => revokedAt === null);
  const over = keys.data.items.length - good.length;
  const valid = certificates.data?.items.filter(({ revokedAt }) => revokedAt === null) ?? [];
  return (
    <Card>
      <CardHeader title="Keys" aside="Only hashes are stored">
        {good.length < mostKeys ? (
          <Button variant="ghost" busy={create.isPending} onClick={() => create.mutate({ id: agentId })}>
            <Plus aria-hidden="true" />
            {good.length === 0 ? "Make a key" : "Second key"}
          </Button>
        ) : null}
      </CardHeader>
      <CardBody>
        {good.length + valid.length === 0 ? (
          <p className="text-muted-foreground text-xs">
            No key is good: this agent can't come in until it gets one.
          </p>
        ) : (
          <ul className="grid gap-3 text-xs">
            {good.map((key) => (
              <KeyLine key={key.id} agentId={agentId} held={key} isOnly={good.length + valid.length === 1} />
            ))}
            {valid.map((certificate) => (
              <CertificateLine key={certificate.serial} agentId={agentId} held={certificate} />
            ))}
          </ul>
        )}
        {over > 0 ? (
          <p className="mt-2 text-muted-foreground text-xs">
            {over === 1 ? "One key was revoked." : `${over} keys were revoked.`}
          </p>
        ) : null}
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
