"use client";

import {
  createContext,
  type PointerEvent,
  type ReactNode,
  useContext,
  useEffect,
  useId,
  useRef,
  useState,
} from "react";
import { cn } from "../primitives/class-names";
import { type Definition, DefinitionList } from "../primitives/definition-list";
import { Popover, PopoverAnchor, PopoverContent } from "../primitives/popover";

const openAfterMs = 150;
const longPressMs = 450;
/** Long enough to move the pointer from the badge into the popover. */
const closeAfterMs = 140;

export interface EvidencePopoverProps {
  /** The badge. */
  children: ReactNode;
  /** What proves it, as `Evidence`: drawn only while it is open. */
  evidence: ReactNode;
  /** Accessible name of the trigger; the badge's own word follows by itself where it is unset. */
  label?: string;
  className?: string;
}

/**
 * Who says so, one hover away. Opens after 150 ms of hover, at once on keyboard focus and after a long press; Enter
 * or a click pins it. Until then it is a plain button: a table has one in each row, and scrolls through hundreds.
 */
export function EvidencePopover({ children, evidence, label, className }: EvidencePopoverProps) {
  const [open, setOpen] = useState(false);
  const pinned = useRef(false);
  const titleId = useId();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const trigger = useRef<HTMLButtonElement>(null);
  // Radix measures by it while the popover is open, and then the button is there.
  const anchor = useRef({
    getBoundingClientRect: () => trigger.current?.getBoundingClientRect() ?? new DOMRect(),
  });
  const content = useRef<HTMLDivElement>(null);
  useEffect(() => () => clearTimeout(timer.current), []);

  const later = (next: boolean, ms: number) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      if (next || !pinned.current) setOpen(next);
    }, ms);
  };
  const change = (next: boolean) => {
    clearTimeout(timer.current);
    if (!next) pinned.current = false;
    setOpen(next);
  };
  const hover = (event: PointerEvent) => event.pointerType === "mouse" && later(true, openAfterMs);
  const leave = (event: PointerEvent) => event.pointerType === "mouse" && later(false, closeAfterMs);

  return (
    <>
      <button
        ref={trigger}
        data-slot="evidence-trigger"
        type="button"
        aria-haspopup="dialog"
        aria-expanded={open}
        aria-label={label}
        onPointerEnter={hover}
        onPointerLeave={leave}
        onPointerDown={(event) => event.pointerType !== "mouse" && later(true, longPressMs)}
        onPointerUp={() => clearTimeout(timer.current)}
        onFocus={(event) => event.currentTarget.matches(":focus-visible") && setOpen(true)}
        onBlur={() => later(false, closeAfterMs)}
        onClick={(event) => {
          event.stopPropagation();
          pinned.current = !pinned.current;
          change(pinned.current);
          // Pinned by keyboard: the buttons inside are next. A frame later the content is there.
          if (pinned.current && event.detail === 0) requestAnimationFrame(() => content.current?.focus());
        }}
        className={cn(
          "relative inline-flex rounded-sm text-left align-middle before:absolute before:-inset-1.5 before:content-[''] max-md:before:-inset-3",
          className,
        )}
      >
        {children}
      </button>
      {open ? (
        <Popover open onOpenChange={change}>
          <PopoverAnchor virtualRef={anchor} />
          <PopoverContent
            ref={content}
            data-slot="evidence"
            aria-labelledby={titleId}
            tabIndex={-1}
            onOpenAutoFocus={(event) => event.preventDefault()}
            onCloseAutoFocus={(event) => event.preventDefault()}
            onInteractOutside={(event) => {
              // The trigger closes by its own click: closing on the press before would open it again.
              if (event.target instanceof Node && trigger.current?.contains(event.target))
                event.preventDefault();
            }}
            onEscapeKeyDown={() => {
              if (content.current?.contains(document.activeElement)) trigger.current?.focus();
            }}
            onPointerEnter={() => clearTimeout(timer.current)}
            onPointerLeave={leave}
            onFocusCapture={() => clearTimeout(timer.current)}
            onClick={(event) => event.stopPropagation()}
          >
            <EvidenceTitleId value={titleId}>{evidence}</EvidenceTitleId>
          </PopoverContent>
        </Popover>
      ) : null}
    </>
  );
}

/** The title names the popover it stands in. */
const EvidenceTitleId = createContext<string | undefined>(undefined);

/** What the badge claims, in a sentence ("Silent for 4 min 53 s"), and what it is known by. */
export function Evidence({ title, rows }: { title: ReactNode; rows: readonly Definition[] }) {
  const id = useContext(EvidenceTitleId);
  return (
    <>
      <p id={id} className="num mb-2 font-strong">
        {title}
      </p>
      <DefinitionList rows={rows} />
    </>
  );
}
