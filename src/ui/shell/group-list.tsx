"use client";

import { formatCount } from "../format/quantity";
import { StatusShape } from "../status/shapes";
import { type StatusKey, statusLook } from "../status/status-words";
import { SidebarItem, SidebarSection } from "./sidebar-item";

export interface GroupSummary {
  name: string;
  href: string;
  count: number;
  /** The worst status in it. */
  worst: StatusKey;
}

/** The sidebar's groups: each with the shape of its worst agent and how many it has. */
export function GroupList({ groups, current }: { groups: readonly GroupSummary[]; current?: string }) {
  return (
    <SidebarSection title="Groups">
      {groups.length === 0 ? (
        <p className="px-2 text-muted-foreground text-xs">Agents bring their group with them.</p>
      ) : null}
      {groups.map((group) => {
        const look = statusLook(group.worst);
        return (
          <SidebarItem
            key={group.name}
            href={group.href}
            prefetch={false}
            label={group.name}
            current={group.name === current}
            icon={
              <span data-tone={look.tone} className="grid w-[15px] place-items-center text-tone">
                <StatusShape shape={look.shape} size="xs" />
                <span className="sr-only">worst: {look.word}</span>
              </span>
            }
            end={formatCount(group.count)}
          />
        );
      })}
    </SidebarSection>
  );
}
