"use client";

import type { Channel } from "@/contracts/watch/channel";
import { CheckRow } from "./check-row";

/** Which channels are told, several at once. One that is gone can be taken away here too. */
export function ChannelChecks({
  name,
  chosen,
  channels,
  onChange,
  disabled = false,
}: {
  name: string;
  chosen: readonly string[];
  channels: readonly Pick<Channel, "id" | "name" | "enabled">[];
  onChange: (ids: string[]) => void;
  disabled?: boolean;
}) {
  const gone = chosen.filter((id) => !channels.some((channel) => channel.id === id));
  const rows = [...channels, ...gone.map((id) => ({ id, name: "a deleted channel", enabled: false }))];
  const toggle = (id: string, on: boolean) =>
    onChange(on ? [...chosen, id] : chosen.filter((known) => known !== id));
  if (rows.length === 0) return <p className="text-muted-foreground text-xs">There is no channel yet.</p>;
  return (
    <fieldset aria-label={name} className="grid">
      {rows.map((channel) => (
        <CheckRow
          key={channel.id}
          checked={chosen.includes(channel.id)}
          disabled={disabled}
          onChange={(on) => toggle(channel.id, on)}
        >
          {channel.name}
          {channel.enabled ? null : <span className="text-muted-foreground"> (switched off)</span>}
        </CheckRow>
      ))}
    </fieldset>
  );
}
