"use client";

import { usePathname, useRouter } from "next/navigation";
import { lazy, type ReactNode, Suspense, useRef, useState } from "react";
import { useCollapsed } from "./collapsed";
import { goToActions } from "./go-to-actions";
import { Header } from "./header";
import type { PlaceBadges } from "./places";
import { useShellKeys } from "./shell-keys";
import { ShellPageContext, type ShellPageWords } from "./shell-page";
import type { CommandAction, ShellSearch, ShellUser, ShortcutGroup } from "./shell-types";
import { ShortcutSheet } from "./shortcut-sheet";
import { Sidebar } from "./sidebar";
import { TabBar } from "./tab-bar";
import { whenIdle } from "./when-idle";

const loadMenu = () => import("./command-menu").then(({ CommandMenu }) => ({ default: CommandMenu }));
/** Not needed for the first picture; on its way as soon as that stands. */
const CommandMenu = lazy(loadMenu);
whenIdle(loadMenu);

export interface AppShellProps {
  children: ReactNode;
  user: ShellUser;
  onSignOut: () => void;
  badges?: PlaceBadges;
  /** Sections under the places: `GroupList`, `SidebarSection`. */
  groups?: ReactNode;
  /** Lines at the sidebar's foot: "312 agents · 41 hosts". */
  foot?: ReactNode;
  /** The `Freshness` pill. */
  freshness?: ReactNode;
  /** Who is here: an `AvatarStack`. */
  presence?: ReactNode;
  /** Messages for this person: a bell. */
  inbox?: ReactNode;
  /** Without it, "/" opens the command menu. */
  search?: ShellSearch;
  /** For Ctrl K, before the places; asked for when the menu opens, and for each text that is typed there. */
  actions?: (typed: string) => readonly CommandAction[];
  /** Keys of the page, for "?". */
  shortcuts?: readonly ShortcutGroup[];
  /** Under the header, over the full width: disconnected, blind time, intents. */
  banner?: ReactNode;
}

/** The frame around every page of the console: sidebar, header, phone tab bar, commands and keys. */
export function AppShell(props: AppShellProps) {
  const { children, user, onSignOut, badges, groups, foot, actions } = props;
  const path = usePathname();
  const router = useRouter();
  const [collapsed, setCollapsed] = useCollapsed();
  const [menuOpen, setMenuOpen] = useState(false);
  const [menuUsed, setMenuUsed] = useState(false);
  const [sheetOpen, setSheetOpen] = useState(false);
  const [page, setPage] = useState<ShellPageWords>({ title: "Mission Control" });
  const searchRef = useRef<HTMLInputElement>(null);

  const goTo = (href: string) => router.push(href);
  const openMenu = () => {
    setMenuUsed(true);
    setMenuOpen(true);
  };
  const showShortcuts = () => setSheetOpen(true);
  const focusSearch = () => (searchRef.current ? searchRef.current.focus() : openMenu());
  useShellKeys({ openMenu, showShortcuts, focusSearch, goTo });

  return (
    <ShellPageContext value={setPage}>
      <a
        href="#content"
        className="sr-only z-60 rounded-md bg-primary px-3 py-2 font-medium text-primary-foreground focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
      >
        Skip to the content
      </a>
      <div data-slot="app-shell" className="flex h-dvh">
        <Sidebar
          path={path}
          badges={badges}
          groups={groups}
          foot={foot}
          collapsed={collapsed}
          onCollapsedChange={setCollapsed}
        />
        <div className="flex min-h-0 min-w-0 flex-1 flex-col">
          <Header
            title={page.title}
            crumbs={page.crumbs}
            search={props.search}
            searchRef={searchRef}
            freshness={props.freshness}
            presence={props.presence}
            inbox={props.inbox}
            user={user}
            onSignOut={onSignOut}
            onOpenMenu={openMenu}
            onShowShortcuts={showShortcuts}
          />
          {props.banner}
          <main id="content" tabIndex={-1} className="relative flex min-h-0 flex-1 flex-col outline-none">
            {children}
          </main>
          {page.phoneBar ? (
            <div className="shrink-0 border-t bg-sidebar px-4 pt-2.5 pb-[max(12px,env(safe-area-inset-bottom))] md:hidden">
              {page.phoneBar}
            </div>
          ) : (
            <TabBar path={path} badges={badges} groups={groups} user={user} onSignOut={onSignOut} />
          )}
        </div>
      </div>
      {menuUsed ? (
        <Suspense>
          <CommandMenu
            open={menuOpen}
            onOpenChange={setMenuOpen}
            actions={(typed) => [...(actions?.(typed) ?? []), ...goToActions(goTo)]}
          />
        </Suspense>
      ) : null}
      <ShortcutSheet open={sheetOpen} onOpenChange={setSheetOpen} groups={props.shortcuts} />
    </ShellPageContext>
  );
}
