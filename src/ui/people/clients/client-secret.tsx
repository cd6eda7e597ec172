"use client";

import { useEffect, useState } from "react";
import type { MachineClient } from "@/contracts/people/oauth";
import { CopyLine } from "../copy-line";
import { SecretDialog } from "../secret-dialog";

/** A client whose new secret is on the screen, this once. */
export type ShownClient = MachineClient & { secret: string };

/** The secret, the id that goes with it, and the request that turns both into an access token. */
export function ClientSecretDialog({ client, onClose }: { client: ShownClient | null; onClose: () => void }) {
  const [origin, setOrigin] = useState("");
  useEffect(() => setOrigin(window.location.origin), []);
  // What was shown stays known while the window closes: its words must not change on the way out.
  const [last, setLast] = useState<ShownClient>();
  if (client && client !== last) setLast(client);
  const id = last?.id ?? "";
  const line = `curl -u ${id}:$MC_CLIENT_SECRET -d grant_type=client_credentials ${origin}/v1/oauth/token`;
  return (
    <SecretDialog
      title={`The secret of ${last?.name ?? ""}`}
      secret={client?.secret ?? null}
      onClose={onClose}
    >
      <div>
        <p className="mb-1.5 text-muted-foreground text-sm">Its id, which is no secret and never changes:</p>
        <CopyLine text={id} label="" name="Copy the id" />
      </div>
      <div>
        <p className="mb-1.5 text-muted-foreground text-sm">
          Both get a token of ten minutes, for <code className="mono">Authorization: Bearer</code>:
        </p>
        <CopyLine text={line} label="" name="Copy the request" />
      </div>
      {last?.previous ? (
        <p className="text-muted-foreground text-sm">
          The old secret <code className="mono">{last.previous.prefix}…</code> stays good{" "}
          {last.previous.endsAt ? "for the time that you chose" : "until this one is used"}.
        </p>
      ) : null}
    </SecretDialog>
  );
}
