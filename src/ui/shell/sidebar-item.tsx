"use client";

import Link from "next/link";
import type { ReactNode } from "react";
import type { BadgeTone } from "../primitives/badge";
import { cn } from "../primitives/class-names";

export interface SidebarItemProps {
  href: string;
  label: string;
  /** A lucide icon or a status shape. */
  icon: ReactNode;
  current?: boolean;
  /** A count or a badge at the right end; collapsed, a dot in the colour of `tone` stands for it. */
  end?: ReactNode;
  tone?: BadgeTone;
  /** Only the icon is seen; label and end are read out. */
  collapsed?: boolean;
  /** false for items that are many, as groups: asking for each of their pages ahead would burden the server. */
  prefetch?: false;
}

/** One line of the sidebar, for places, groups and saved views. */
export function SidebarItem({
  href,
  label,
  icon,
  current = false,
  end,
  tone = "neutral",
  collapsed = false,
  prefetch,
}: SidebarItemProps) {
  return (
    <Link
      data-slot="sidebar-item"
      href={href}
      {...(prefetch === false ? { prefetch } : {})}
      aria-current={current ? "page" : undefined}
      title={collapsed ? label : undefined}
      className={cn(
        "relative flex h-7 items-center gap-[9px] rounded-md px-2 text-sidebar-foreground hover:bg-sidebar-accent",
        "aria-[current=page]:bg-sidebar-accent aria-[current=page]:font-strong aria-[current=page]:text-foreground",
        "[&>svg]:size-[15px] [&>svg]:shrink-0 [&>svg]:text-muted-foreground aria-[current=page]:[&>svg]:text-foreground",
        "max-md:h-11 max-md:text-base",
        collapsed && "justify-center px-0",
      )}
    >
      {icon}
      <span className={collapsed ? "sr-only" : "cut"}>{label}</span>
      {end && !collapsed ? <span className="num ml-auto text-muted-foreground text-xs">{end}</span> : null}
      {end && collapsed ? (
        <span data-tone={tone} className="absolute top-1 right-1.5 size-1.5 rounded-full bg-tone-fill">
          <span className="sr-only">{end}</span>
        </span>
      ) : null}
    </Link>
  );
}

/** A heading and its items: "Groups", "Saved views". `action` is a small button at its right end. */
export function SidebarSection({
  title,
  action,
  children,
}: {
  title: string;
  action?: ReactNode;
  children: ReactNode;
}) {
  return (
    <nav data-slot="sidebar-section" aria-label={title} className="px-2 max-md:px-0">
      <h2 className="flex items-center justify-between pt-4 pr-0.5 pb-1 font-medium max-md:px-2 text-2xs text-muted-foreground tracking-normal">
        {title}
        {action}
      </h2>
      {children}
    </nav>
  );
}
