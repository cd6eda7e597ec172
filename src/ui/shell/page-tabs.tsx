"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import { tabClasses } from "../primitives/tabs";

export interface PageTab {
  href: string;
  name: string;
  /** A count or a badge behind the name. */
  badge?: ReactNode;
}

/**
 * On a phone the row is longer than the screen: the tab one is on must not be half outside, also not when another one
 * gets its badge later.
 */
function showTab(tab: HTMLAnchorElement | null) {
  const row = tab?.parentElement;
  if (!tab || !row) return;
  const resized = new ResizeObserver(() => row.scrollTo({ left: tab.offsetLeft - 16 }));
  for (const other of row.children) resized.observe(other);
  return () => resized.disconnect();
}

/** The parts of one place, each an address of its own. `end` stands at the right end, on wide screens. */
export function PageTabs({ label, tabs, end }: { label: string; tabs: readonly PageTab[]; end?: ReactNode }) {
  const path = usePathname();
  // The longest fit: /alerts is also the start of /alerts/rules.
  const fits = tabs.filter(({ href }) => path === href || path.startsWith(`${href}/`));
  const current = fits.sort((one, other) => other.href.length - one.href.length)[0]?.href;
  return (
    <nav
      aria-label={label}
      className="flex shrink-0 items-stretch gap-5 overflow-x-auto border-b px-4 [scrollbar-width:none]"
    >
      {tabs.map(({ href, name, badge }) => (
        <Link
          key={href}
          href={href}
          ref={href === current ? showTab : undefined}
          aria-current={href === current ? "page" : undefined}
          className={tabClasses}
        >
          {name}
          {badge}
        </Link>
      ))}
      {end ? (
        <div className="num ml-auto flex shrink-0 items-center pl-4 text-muted-foreground text-xs max-lg:hidden">
          {end}
        </div>
      ) : null}
    </nav>
  );
}
