"use client";

import { MessagesSquare, Plus } from "lucide-react";
import { useState } from "react";
import { useCalmly } from "../../api/calmly";
import { trpc } from "../../api/trpc";
import { useNews } from "../../live/hooks";
import { Awaited } from "../../people/awaited";
import { useWhyNot } from "../../people/me";
import { SecretDialog } from "../../people/secret-dialog";
import { ListFrame, Section } from "../../people/section";
import { ButtonWithReason } from "../../primitives/button-with-reason";
import { EmptyState } from "../../primitives/empty-state";
import { ChannelDialog } from "./channel-dialog";
import { ChannelItem } from "./channel-item";

/** A try that fails and a breaker that opens make no fact, so they are asked about; in a tab that is looked at. */
const askEveryMs = 5_000;

/** Where alerts are told: every channel with how it went last, and the way to add one. */
export function ChannelsPage() {
  const channels = trpc.channels.list.useQuery({}, { refetchInterval: askEveryMs });
  const because = useWhyNot("channels:manage");
  const [adding, setAdding] = useState(false);
  const [made, setMade] = useState<{ name: string; secret: string } | null>(null);
  const cache = trpc.useUtils();
  const readAgain = useCalmly(() => void cache.channels.list.invalidate());
  // A message that was taken or given up moves "last told" and the breaker.
  useNews(["channel", "notification"], readAgain);
  const off = because ? { offBecause: because } : {};
  const add = (
    <ButtonWithReason variant="primary" onClick={() => setAdding(true)} {...off}>
      <Plus aria-hidden="true" />
      Add a channel
    </ButtonWithReason>
  );
  return (
    <Section
      title="Channels"
      lead="Where alerts are told, so that nobody has to look. Routes say which one is told of what."
      action={add}
    >
      <ListFrame label="Channels">
        <Awaited query={channels} rows={2}>
          {({ items }) =>
            items.length === 0 ? (
              <EmptyState title="Alerts are told nowhere yet" icon={<MessagesSquare />}>
                Add a channel, send a test, and the next agent that falls silent is told there.
              </EmptyState>
            ) : (
              <ul>
                {items.map((channel) => (
                  <ChannelItem key={channel.id} channel={channel} />
                ))}
              </ul>
            )
          }
        </Awaited>
      </ListFrame>
      <ChannelDialog open={adding} onOpenChange={setAdding} onSecret={setMade} />
      <SecretDialog
        title={`Signing secret of ${made?.name ?? ""}`}
        secret={made?.secret ?? null}
        onClose={() => setMade(null)}
      >
        <p>
          Your program checks with it that a message is ours: HMAC-SHA256 over the timestamp header, a dot and
          the body.
        </p>
      </SecretDialog>
    </Section>
  );
}
