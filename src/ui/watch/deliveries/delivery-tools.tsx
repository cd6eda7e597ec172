"use client";

import { notificationStates } from "@/contracts/watch/notification";
import { Chip, FilterChip } from "../../primitives/chip";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuRadioGroup,
  DropdownMenuRadioItem,
  DropdownMenuTrigger,
} from "../../primitives/dropdown-menu";
import type { DeliveryFilter } from "./delivery-filter";

const stateWords = { dead: "Given up", pending: "On its way", delivered: "Delivered" } as const;

/** Which messages are shown: by how they ended, and by channel. */
export function DeliveryTools({
  filter,
  channels,
  onChange,
}: {
  filter: DeliveryFilter;
  channels: readonly { id: string; name: string }[];
  onChange: (filter: DeliveryFilter) => void;
}) {
  const channel = channels.find(({ id }) => id === filter.channelId);
  return (
    <search className="mb-3 flex flex-wrap gap-1.5 max-md:px-4">
      {[...notificationStates].reverse().map((state) => (
        <Chip
          key={state}
          variant="dashed"
          pressed={filter.state === state}
          onClick={() => onChange({ ...filter, state: filter.state === state ? null : state })}
        >
          {stateWords[state]}
        </Chip>
      ))}
      {filter.channelId ? (
        <FilterChip
          name={`channel is ${channel?.name ?? "one that is gone"}`}
          onRemove={() => onChange({ ...filter, channelId: null })}
        >
          to <b>{channel?.name ?? "a deleted channel"}</b>
        </FilterChip>
      ) : channels.length > 1 ? (
        <DropdownMenu>
          <DropdownMenuTrigger asChild>
            <Chip variant="dashed">Channel</Chip>
          </DropdownMenuTrigger>
          <DropdownMenuContent align="start">
            <DropdownMenuRadioGroup
              value=""
              onValueChange={(channelId) => onChange({ ...filter, channelId })}
            >
              {channels.map(({ id, name }) => (
                <DropdownMenuRadioItem key={id} value={id}>
                  {name}
                </DropdownMenuRadioItem>
              ))}
            </DropdownMenuRadioGroup>
          </DropdownMenuContent>
        </DropdownMenu>
      ) : null}
    </search>
  );
}
