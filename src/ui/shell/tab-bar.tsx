"use client";

import { LogOut, Menu } from "lucide-react";
import Link from "next/link";
import { type ReactNode, useState } from "react";
import { Button } from "../primitives/button";
import { cn } from "../primitives/class-names";
import {
  Dialog,
  DialogBody,
  DialogContent,
  DialogDescription,
  DialogFooter,
  DialogHeader,
  DialogTitle,
  DialogTrigger,
} from "../primitives/dialog";
import { isCurrentPlace, type PlaceBadges, placeBadge, places } from "./places";
import type { ShellUser } from "./shell-types";
import { PlaceLinks } from "./sidebar";
import { ThemeToggle } from "./theme-toggle";

const tabClasses = cn(
  "relative flex min-w-0 flex-col items-center justify-center gap-[3px] font-medium text-2xs text-muted-foreground",
  "focus-visible:outline-offset-[-2px] aria-[current=page]:text-foreground [&_svg]:size-5",
);

/** The phone's five places: four by name, the rest behind "More". */
export function TabBar({
  path,
  badges,
  groups,
  user,
  onSignOut,
}: {
  path: string;
  badges?: PlaceBadges | undefined;
  groups?: ReactNode;
  user: ShellUser;
  onSignOut: () => void;
}) {
  return (
    <nav
      data-slot="tab-bar"
      aria-label="Main"
      className="grid h-16 shrink-0 grid-cols-5 border-t bg-sidebar pb-[max(8px,env(safe-area-inset-bottom))] md:hidden"
    >
      {places.slice(0, 4).map((place) => {
        const badge = placeBadge(place, badges);
        const Icon = place.icon;
        const current = isCurrentPlace(place, path);
        return (
          <Link
            key={place.id}
            href={place.href}
            aria-current={current ? "page" : undefined}
            className={tabClasses}
          >
            <Icon aria-hidden="true" strokeWidth={current ? 2 : 1.75} />
            {place.name}
            {badge && place.id === "alerts" ? (
              <span
                className={cn(
                  "num absolute top-[5px] left-[calc(50%+5px)] grid h-4 min-w-4 place-items-center rounded-full px-1 font-semibold text-[10px] leading-none",
                  badge.tone === "offline"
                    ? "bg-destructive-solid text-destructive-foreground"
                    : "bg-muted text-muted-foreground",
                )}
              >
                {badge.count}
                <span className="sr-only"> {badge.words}</span>
              </span>
            ) : null}
          </Link>
        );
      })}
      <MoreSheet path={path} badges={badges} groups={groups} user={user} onSignOut={onSignOut} />
    </nav>
  );
}

function MoreSheet({
  path,
  badges,
  groups,
  user,
  onSignOut,
}: {
  path: string;
  badges?: PlaceBadges | undefined;
  groups?: ReactNode;
  user: ShellUser;
  onSignOut: () => void;
}) {
  const [open, setOpen] = useState(false);
  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <DialogTrigger className={tabClasses}>
        <Menu aria-hidden="true" strokeWidth={1.75} />
        More
      </DialogTrigger>
      <DialogContent>
        <DialogHeader>
          <DialogTitle>{user.name}</DialogTitle>
          <DialogDescription>{user.email ? `${user.role} · ${user.email}` : user.role}</DialogDescription>
        </DialogHeader>
        <DialogBody
          className="gap-1 px-3"
          onClick={(event) => {
            if (event.target instanceof Element && event.target.closest("a")) setOpen(false);
          }}
        >
          <nav aria-label="All places">
            <PlaceLinks path={path} badges={badges} />
          </nav>
          {groups}
        </DialogBody>
        <DialogFooter note={<ThemeToggle label="Theme" />} className="max-md:flex-row">
          <Button onClick={onSignOut}>
            <LogOut aria-hidden="true" />
            Sign out
          </Button>
        </DialogFooter>
      </DialogContent>
    </Dialog>
  );
}
