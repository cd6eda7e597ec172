"use client";

import { ChevronDown } from "lucide-react";
import { type ComponentProps, type ReactNode, useId, useState } from "react";
import { cn } from "../../../primitives/class-names";
import { DropdownMenu, DropdownMenuContent, DropdownMenuTrigger } from "../../../primitives/dropdown-menu";
import { Popover, PopoverContent, PopoverTrigger } from "../../../primitives/popover";

const pillClasses =
  "mx-0.5 inline-flex h-7 max-w-full items-center gap-1.25 rounded-md bg-card px-2 align-[1px] font-strong leading-none text-foreground shadow-[inset_0_0_0_1px_var(--border-strong)] max-md:h-10";

export interface PillProps {
  /** What it settles: "Who is watched". */
  label: string;
  words: string;
  /** What is wrong with it: a red edge, and the sentence for screen readers. */
  problem?: string | undefined;
}

/** A word that is only read. */
export function FixedPill({ words, because }: { words: string; because: string }) {
  return (
    <span className={pillClasses} title={because}>
      <span className="cut py-1">{words}</span>
    </span>
  );
}

function PillButton({ label, words, problem, ...rest }: PillProps & ComponentProps<"button">) {
  const id = useId();
  return (
    <>
      <button
        type="button"
        data-slot="pill"
        data-invalid={problem ? "" : undefined}
        aria-label={`${label}: ${words}`}
        aria-describedby={problem ? id : undefined}
        className={cn(
          pillClasses,
          "hover:bg-accent data-[state=open]:bg-accent",
          problem && "text-destructive shadow-[inset_0_0_0_1.5px_var(--destructive)]",
        )}
        {...rest}
      >
        <span className="cut py-1">{words}</span>
        <ChevronDown aria-hidden="true" className="size-3 shrink-0 text-faint-foreground" />
      </button>
      {problem ? (
        <span id={id} hidden>
          {problem}
        </span>
      ) : null}
    </>
  );
}

/** A word that opens a list to choose from: arrow keys walk it, typing finds, Enter takes. */
export function MenuPill({
  children,
  wide = false,
  ...pill
}: PillProps & { children: ReactNode; wide?: boolean }) {
  return (
    // Not modal: nothing is hidden from screen readers while one reads the sentence and picks a word of it.
    <DropdownMenu modal={false}>
      <DropdownMenuTrigger asChild>
        <PillButton {...pill} />
      </DropdownMenuTrigger>
      <DropdownMenuContent align="start" className={wide ? "w-[min(400px,calc(100vw-24px))]" : ""}>
        {children}
      </DropdownMenuContent>
    </DropdownMenu>
  );
}

/** A word that opens a small window with fields. What is changed in it holds at once; Enter or Esc close it. */
export function WindowPill({
  children,
  flush = false,
  ...pill
}: PillProps & {
  children: (close: () => void) => ReactNode;
  /** The content brings its own edges and head, as a list to search in does. */
  flush?: boolean;
}) {
  const [open, setOpen] = useState(false);
  const close = () => setOpen(false);
  return (
    <Popover open={open} onOpenChange={setOpen}>
      <PopoverTrigger asChild>
        <PillButton {...pill} />
      </PopoverTrigger>
      <PopoverContent
        aria-label={pill.label}
        className={flush ? "w-[min(340px,calc(100vw-24px))] p-0" : "w-[min(340px,calc(100vw-24px))]"}
        onKeyDown={(event) => {
          if (event.key === "Enter" && event.target instanceof HTMLInputElement) close();
        }}
      >
        {flush ? null : <h3 className="mb-2 font-medium text-xs">{pill.label}</h3>}
        {children(close)}
        {pill.problem && !flush ? (
          <p role="alert" className="mt-2 text-destructive text-xs">
            {pill.problem}
          </p>
        ) : null}
      </PopoverContent>
    </Popover>
  );
}
