"use client";

import { ChevronRight, Search } from "lucide-react";
import Link from "next/link";
import type { ReactNode, Ref } from "react";
import { Button } from "../primitives/button";
import { cn } from "../primitives/class-names";
import { Kbd } from "../primitives/kbd";
import { Separator } from "../primitives/separator";
import { BrandMark } from "./brand-mark";
import { SearchField } from "./search-field";
import type { Crumb, ShellSearch, ShellUser } from "./shell-types";
import { ThemeToggle } from "./theme-toggle";
import { UserMenu } from "./user-menu";

export interface HeaderProps {
  title: string;
  crumbs?: readonly Crumb[] | undefined;
  search?: ShellSearch | undefined;
  searchRef: Ref<HTMLInputElement>;
  freshness?: ReactNode;
  presence?: ReactNode;
  inbox?: ReactNode;
  user: ShellUser;
  onSignOut: () => void;
  onOpenMenu: () => void;
  onShowShortcuts: () => void;
}

function Crumbs({ crumbs }: { crumbs: readonly Crumb[] }) {
  return (
    <nav aria-label="Where you are" className="min-w-0">
      <ol className="flex min-w-0 items-center gap-1.5">
        {crumbs.map((crumb, index) => (
          <li key={crumb.label} className="flex min-w-0 items-center gap-1.5">
            {index > 0 ? (
              <ChevronRight aria-hidden="true" className="size-3.25 text-faint-foreground" />
            ) : null}
            {crumb.href ? (
              <Link href={crumb.href} className="cut rounded-sm text-muted-foreground hover:text-foreground">
                {crumb.label}
              </Link>
            ) : (
              <span aria-current="page" className="cut font-strong">
                {crumb.label}
              </span>
            )}
          </li>
        ))}
      </ol>
    </nav>
  );
}

export function Header(props: HeaderProps) {
  const { title, crumbs, search, searchRef, freshness, presence, user } = props;
  return (
    <header
      data-slot="header"
      className="flex h-(--header) shrink-0 items-center gap-3 border-b px-4 max-md:h-[52px] max-md:gap-2.5 max-md:border-b-0"
    >
      <BrandMark className="md:hidden" />
      <span className="cut flex-1 font-semibold text-[18px] tracking-[-0.01em] md:hidden">{title}</span>
      {crumbs ? (
        <div className="min-w-0 max-md:hidden">
          <Crumbs crumbs={crumbs} />
        </div>
      ) : null}
      <SearchField
        search={search}
        onOpenMenu={props.onOpenMenu}
        inputRef={searchRef}
        className={cn("shrink max-md:hidden", crumbs ? "w-60" : "w-80")}
      />
      <button
        type="button"
        onClick={props.onOpenMenu}
        aria-keyshortcuts="Control+K Meta+K"
        className="flex shrink-0 items-center gap-1.5 rounded-sm text-faint-foreground text-xs hover:text-foreground max-lg:hidden"
      >
        <Kbd>Ctrl K</Kbd>
        Commands
      </button>
      <div className="ml-auto flex shrink-0 items-center gap-3 max-md:gap-1">
        {freshness}
        {presence ? (
          <div className="flex items-center gap-3 not-has-data-[slot=avatar-stack]:hidden max-md:hidden">
            <Separator orientation="vertical" />
            {presence}
          </div>
        ) : null}
        <Separator orientation="vertical" className="max-md:hidden" />
        {props.inbox}
        <span className="max-md:hidden">
          <ThemeToggle />
        </span>
        <span className="max-md:hidden">
          <UserMenu user={user} onSignOut={props.onSignOut} onShowShortcuts={props.onShowShortcuts} />
        </span>
        <Button
          variant="ghost"
          size="icon"
          aria-label="Search and commands"
          onClick={props.onOpenMenu}
          className="-mr-3 md:hidden"
        >
          <Search aria-hidden="true" className="size-4" />
        </Button>
      </div>
    </header>
  );
}
