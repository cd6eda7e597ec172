"use client";

import type { ReactNode } from "react";
import { formatCount } from "../format/quantity";
import { cn } from "../primitives/class-names";
import { StatusShape } from "./shapes";
import type { StatusShapeName, StatusTone } from "./status-words";

/** The bar of counts over the board; on a phone a row of pills. `end` stands at its right end. */
export function Counts({
  label,
  children,
  end,
  className,
}: {
  label: string;
  children: ReactNode;
  end?: ReactNode;
  className?: string;
}) {
  return (
    <div data-slot="counts" className={cn("flex shrink-0 items-center border-b pr-4 max-md:pr-0", className)}>
      <fieldset
        aria-label={label}
        className="flex min-w-0 flex-1 items-stretch overflow-x-auto px-2 [scrollbar-width:none] max-md:gap-1.5 max-md:px-4 max-md:pt-0.5 max-md:pb-3 md:h-[52px]"
      >
        {children}
      </fieldset>
      {end ? <div className="shrink-0 pl-3 text-muted-foreground text-xs max-lg:hidden">{end}</div> : null}
    </div>
  );
}

export interface CountItemProps {
  count: number;
  word: string;
  /** Left out for "all". */
  look?: { shape: StatusShapeName; tone: StatusTone };
  pressed: boolean;
  onPressedChange: (pressed: boolean) => void;
  /** The key that toggles it, told to assistive technology; the page listens for it. */
  shortcut?: string;
}

/** One count: a filter and a toggle. Zero stays in sight, muted, so that nothing jumps. */
export function CountItem({ count, word, look, pressed, onPressedChange, shortcut }: CountItemProps) {
  const none = count === 0;
  return (
    <button
      data-slot="count-item"
      type="button"
      data-tone={none || !look ? "neutral" : look.tone}
      aria-pressed={pressed}
      aria-keyshortcuts={shortcut}
      onClick={() => onPressedChange(!pressed)}
      className={cn(
        "group relative flex shrink-0 items-center gap-[7px] whitespace-nowrap px-2.5 focus-visible:outline-offset-[-2px]",
        "md:before:absolute md:before:left-0 md:before:h-[18px] md:before:w-px md:before:bg-border md:first:before:hidden",
        "md:after:absolute md:after:inset-x-2.5 md:after:bottom-0 md:after:h-0.5 md:after:rounded-[1px]",
        "md:hover:after:bg-border-strong md:aria-pressed:after:bg-foreground",
        "max-md:h-11 max-md:rounded-full max-md:border max-md:bg-card max-md:px-3 max-md:aria-pressed:border-foreground",
      )}
    >
      {look ? (
        <StatusShape
          shape={look.shape}
          className={cn("text-tone", none && "animate-none text-status-unknown-fill")}
        />
      ) : null}
      <span
        className={cn(
          "num font-semibold text-[18px] tracking-[-0.02em] max-md:text-base",
          none && "font-medium text-muted-foreground",
        )}
      >
        {formatCount(count)}
      </span>
      <span className="text-muted-foreground text-xs">{word}</span>
    </button>
  );
}
