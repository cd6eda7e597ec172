"use client";

import { useState } from "react";
import type { AgentKey } from "@/contracts/fleet/agent";
import { trpc } from "../../api/trpc";
import { RelativeTime } from "../../format/time";
import { RotateDialog } from "../../people/clients/rotate-dialog";
import { ConfirmDialog } from "../../people/confirm-dialog";
import { SecretDialog } from "../../people/secret-dialog";
import { tellFailure } from "../../people/tell";
import { Button } from "../../primitives/button";
import { toast } from "../../primitives/toast";
import { LastUse } from "./last-use";

/** One key: rotating keeps its id, revoking makes the connection that came in by it fall at once. */
export function KeyLine({ agentId, held, isOnly }: { agentId: string; held: AgentKey; isOnly: boolean }) {
  const cache = trpc.useUtils();
  const [asking, setAsking] = useState<"rotate" | "revoke" | null>(null);
  const [secret, setSecret] = useState<string | null>(null);
  const close = (open: boolean) => (open ? undefined : setAsking(null));
  const refresh = () => cache.agentKeys.list.invalidate({ id: agentId });
  const rotate = trpc.agentKeys.rotate.useMutation({
    onSuccess: async ({ key }) => {
      setSecret(key);
      await refresh();
    },
    onError: tellFailure("The key was not rotated"),
    onSettled: () => setAsking(null),
  });
  const revoke = trpc.agentKeys.revoke.useMutation({
    onSuccess: async () => {
      toast.done({ title: `${held.prefix}… opens nothing any more` });
      await refresh();
    },
    onError: tellFailure("The key was not revoked"),
    onSettled: () => setAsking(null),
  });
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-2">
      <span className="mono cut" title={held.id}>
        {held.prefix}…
      </span>
      <span className="inline-flex gap-0.5">
        <Button
          variant="ghost"
          aria-label={`Rotate the key ${held.prefix}`}
          onClick={() => setAsking("rotate")}
        >
          Rotate
        </Button>
        <Button
          variant="ghost"
          aria-label={`Revoke the key ${held.prefix}`}
          onClick={() => setAsking("revoke")}
        >
          Revoke
        </Button>
      </span>
      <span className="col-span-2 text-muted-foreground">
        <LastUse {...held} />
        {held.rotatedAt ? (
          <>
            , rotated <RelativeTime at={held.rotatedAt} suffix="ago" />
          </>
        ) : null}
      </span>
      {held.previous ? (
        <span className="col-span-2 text-muted-foreground">
          <span className="mono">{held.previous.prefix}…</span> is good too,{" "}
          {held.previous.endsAt ? (
            <>
              for <RelativeTime at={held.previous.endsAt} />
            </>
          ) : (
            "until the new one is used"
          )}
        </span>
      ) : null}
      <RotateDialog
        open={asking === "rotate"}
        onOpenChange={close}
        title={`A new secret for ${held.prefix}…`}
        older={held.previous?.prefix}
        busy={rotate.isPending}
        onRotate={(wish) => rotate.mutate({ id: agentId, keyId: held.id, ...wish })}
      />
      <ConfirmDialog
        open={asking === "revoke"}
        onOpenChange={close}
        title={`Revoke ${held.prefix}…?`}
        does="Revoke the key"
        busy={revoke.isPending}
        onConfirm={() => revoke.mutate({ id: agentId, keyId: held.id })}
      >
        <p>
          A connection that came in by it falls at once, and it opens nothing again.{" "}
          {isOnly
            ? "It is the only one: the agent stays out until it gets another. To change it without a gap, rotate it instead."
            : "The agent can still come in by its other credential."}
        </p>
      </ConfirmDialog>
      <SecretDialog title="The new secret of this key" secret={secret} onClose={() => setSecret(null)}>
        <p className="text-muted-foreground text-sm">
          Start the agent with <code className="mono">MC_AGENT_KEY</code> set to it. The key's id stays{" "}
          <code className="mono break-all">{held.id}</code>.
        </p>
      </SecretDialog>
    </li>
  );
}
