"use client";

import { PanelLeft } from "lucide-react";
import type { ReactNode } from "react";
import { Badge } from "../primitives/badge";
import { cn } from "../primitives/class-names";
import { BrandMark } from "./brand-mark";
import { isCurrentPlace, type PlaceBadges, placeBadge, places } from "./places";
import { SidebarItem } from "./sidebar-item";

export interface SidebarProps {
  path: string;
  badges?: PlaceBadges | undefined;
  groups?: ReactNode;
  foot?: ReactNode;
  collapsed: boolean;
  onCollapsedChange: (collapsed: boolean) => void;
}

/** The places as a list of links; used by the sidebar and by the phone's "More". */
export function PlaceLinks({
  path,
  badges,
  collapsed = false,
}: Pick<SidebarProps, "path" | "badges"> & { collapsed?: boolean }) {
  return places.map((place) => {
    const badge = placeBadge(place, badges);
    const Icon = place.icon;
    return (
      <SidebarItem
        key={place.id}
        href={place.href}
        label={place.name}
        icon={<Icon aria-hidden="true" strokeWidth={1.75} />}
        current={isCurrentPlace(place, path)}
        collapsed={collapsed}
        {...(badge ? { tone: badge.tone } : {})}
        end={
          badge ? (
            <Badge variant="count" tone={badge.tone}>
              {badge.count}
              <span className="sr-only"> {badge.words}</span>
            </Badge>
          ) : undefined
        }
      />
    );
  });
}

/** 208 px wide, 48 when collapsed. Not on a phone: there the tab bar leads. */
export function Sidebar({ path, badges, groups, foot, collapsed, onCollapsedChange }: SidebarProps) {
  return (
    <aside
      data-slot="sidebar"
      data-collapsed={collapsed ? "" : undefined}
      className={cn(
        "flex min-h-0 shrink-0 flex-col border-sidebar-border border-r bg-sidebar text-sidebar-foreground max-md:hidden",
        collapsed ? "w-12" : "w-(--sidebar-width)",
      )}
    >
      <div
        className={cn(
          "flex h-(--header) shrink-0 items-center gap-[9px] text-foreground",
          collapsed ? "justify-center" : "pr-2 pl-3.5",
        )}
      >
        {collapsed ? null : (
          <>
            <BrandMark />
            <span className="min-w-0 flex-1 font-semibold tracking-[-0.012em]">Mission Control</span>
          </>
        )}
        <button
          type="button"
          aria-expanded={!collapsed}
          aria-label={collapsed ? "Widen the sidebar" : "Narrow the sidebar"}
          onClick={() => onCollapsedChange(!collapsed)}
          className="grid size-7 place-items-center rounded-md text-faint-foreground hover:bg-sidebar-accent hover:text-foreground"
        >
          {collapsed ? <BrandMark className="text-foreground" /> : <PanelLeft className="size-3.5" />}
        </button>
      </div>
      <div className="min-h-0 flex-1 overflow-y-auto pb-4">
        <nav aria-label="Main" className="px-2 py-0.5">
          <PlaceLinks path={path} badges={badges} collapsed={collapsed} />
        </nav>
        {collapsed ? null : groups}
      </div>
      {foot && !collapsed ? (
        <div className="num shrink-0 border-sidebar-border border-t px-3.5 pt-2.5 pb-3 text-muted-foreground text-xs">
          {foot}
        </div>
      ) : null}
    </aside>
  );
}
