"use client";

import { MessagesSquare, Plus } from "lucide-react";
import { useState } from "react";
import { trpc } from "../../api/trpc";
import { Awaited } from "../../people/awaited";
import { useWhyNot } from "../../people/me";
import { ListFrame, Section } from "../../people/section";
import { ButtonWithReason } from "../../primitives/button-with-reason";
import { EmptyState } from "../../primitives/empty-state";
import { ChannelDialog } from "./channel-dialog";
import { ChannelItem } from "./channel-item";

export function ChannelsPage() {
  const channels = trpc.channels.list.useQuery({});
  const because = useWhyNot("channels:manage");
  const [adding, setAdding] = useState(false);
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
      lead="Where alerts are told, so that nobody has to look. Rules say which one is told of what."
      action={add}
    >
      <ListFrame label="Channels">
        <Awaited query={channels} rows={2}>
          {({ items }) =>
            items.length === 0 ? (
              <EmptyState title="Alerts are told nowhere yet" icon={<MessagesSquare />}>
                Add a Microsoft Teams channel by its webhook address, send a test, and the next agent that
                falls silent is told there.
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
      <ChannelDialog open={adding} onOpenChange={setAdding} />
    </Section>
  );
}
