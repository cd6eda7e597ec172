"use client";

import { type ReactNode, useEffect, useRef } from "react";
import { BrandMark } from "../shell/brand-mark";
import { ThemeToggle } from "../shell/theme-toggle";

/** The page around signing in and the first setup: one card, calm, and nothing that needs a session. */
export function AuthFrame({
  title,
  lead,
  children,
  note,
}: {
  title: string;
  lead: ReactNode;
  children: ReactNode;
  /** Quiet words at the card's foot. */
  note?: ReactNode;
}) {
  const heading = useRef<HTMLHeadingElement>(null);
  const shown = useRef(title);
  useEffect(() => {
    if (shown.current === title) return;
    shown.current = title;
    // The step before took the focus with it. Screen readers go on at the new one, unless a field of it asked already.
    if (document.activeElement === document.body) heading.current?.focus();
  }, [title]);
  return (
    <div className="flex min-h-dvh flex-col bg-sidebar max-md:bg-background">
      <main className="grid flex-1 place-items-center p-6 max-md:items-start max-md:p-0">
        <div className="flex min-h-[560px] w-full max-w-[400px] flex-col rounded-xl border bg-card px-8 pt-8 pb-7 max-md:min-h-0 max-md:rounded-none max-md:border-0 max-md:bg-transparent max-md:px-5 max-md:pt-7">
          <div className="mb-8 flex items-center gap-[9px] font-semibold tracking-[-0.012em] max-md:mb-11">
            <BrandMark className="size-[22px]" />
            Mission Control
          </div>
          <h1
            ref={heading}
            tabIndex={-1}
            className="text-[22px] leading-7 tracking-[-0.02em] outline-none max-md:text-[26px] max-md:leading-8"
          >
            {title}
          </h1>
          <div className="mt-1 mb-[22px] text-base text-muted-foreground">{lead}</div>
          {children}
          {note ? <p className="mt-auto pt-5 text-muted-foreground text-xs">{note}</p> : null}
        </div>
      </main>
      <footer className="flex justify-center gap-6 pb-6 text-muted-foreground text-xs">
        <ThemeToggle label="Theme" />
      </footer>
    </div>
  );
}
