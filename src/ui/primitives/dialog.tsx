"use client";

import { cva, type VariantProps } from "class-variance-authority";
import { X } from "lucide-react";
import { Dialog as RadixDialog } from "radix-ui";
import { type ComponentProps, type ReactNode, type RefObject, useRef } from "react";
import { cn } from "./class-names";

export const Dialog = RadixDialog.Root;
export const DialogTrigger = RadixDialog.Trigger;
export const DialogClose = RadixDialog.Close;

const contentVariants = cva(
  [
    "fixed z-50 flex flex-col overflow-hidden border border-border-strong bg-popover text-popover-foreground shadow-dialog",
    "outline-none duration-150 data-[state=open]:animate-in data-[state=closed]:animate-out",
    "data-[state=open]:fade-in-0 data-[state=closed]:fade-out-0",
    "max-md:inset-x-0 max-md:bottom-0 max-md:max-h-[92dvh] max-md:rounded-t-xl max-md:border-x-0 max-md:border-b-0",
    "max-md:data-[state=open]:slide-in-from-bottom-8 max-md:data-[state=closed]:slide-out-to-bottom-8",
    "md:top-1/2 md:left-1/2 md:max-h-[88dvh] md:w-[calc(100vw-48px)] md:-translate-x-1/2 md:-translate-y-1/2",
    "md:rounded-xl md:data-[state=open]:zoom-in-[0.98]",
  ],
  {
    variants: { size: { sm: "md:max-w-[440px]", md: "md:max-w-[584px]", lg: "md:max-w-[720px]" } },
    defaultVariants: { size: "md" },
  },
);

export interface DialogContentProps
  extends ComponentProps<typeof RadixDialog.Content>,
    VariantProps<typeof contentVariants> {
  /** What has the focus first: the safe choice of a dangerous dialog. Without it the first control has. */
  initialFocus?: RefObject<HTMLElement | null>;
  /** false: a click outside does not close, so that typed words are not lost by accident. Esc still closes. */
  closeOnOutside?: boolean;
  /** Leave the × out, where the foot has a Cancel and the head holds something else. */
  hideClose?: boolean;
}

/** The ring shows also after a click: where Enter would go must be seen before it is pressed. */
const shownFocus: FocusOptions & { focusVisible: boolean } = { focusVisible: true };

/** A window over the page; on a phone a sheet from below. Traps the focus and gives it back. */
export function DialogContent({
  className,
  size,
  initialFocus,
  closeOnOutside = true,
  hideClose = false,
  children,
  ...props
}: DialogContentProps) {
  // Radix gives the focus back to a DialogTrigger only; most windows here are opened by a state.
  const opener = useRef<Element | null>(null);
  return (
    <RadixDialog.Portal>
      <RadixDialog.Overlay
        data-slot="dialog-overlay"
        className="data-[state=closed]:fade-out-0 data-[state=open]:fade-in-0 fixed inset-0 z-50 bg-overlay duration-150 data-[state=closed]:animate-out data-[state=open]:animate-in"
      />
      <RadixDialog.Content
        data-slot="dialog-content"
        className={cn(contentVariants({ size }), className)}
        onOpenAutoFocus={(event) => {
          opener.current = document.activeElement;
          if (!initialFocus?.current) return;
          event.preventDefault();
          initialFocus.current.focus(shownFocus);
        }}
        onCloseAutoFocus={(event) => {
          if (!(opener.current instanceof HTMLElement) || !opener.current.isConnected) return;
          event.preventDefault();
          opener.current.focus();
        }}
        onInteractOutside={(event) => {
          if (!closeOnOutside) event.preventDefault();
        }}
        {...props}
      >
        {children}
        {hideClose ? null : (
          <RadixDialog.Close className="absolute top-3 right-3 grid size-7 place-items-center rounded-md text-muted-foreground hover:bg-accent hover:text-foreground max-md:top-1 max-md:right-1 max-md:size-11">
            <X aria-hidden="true" className="size-3.5" />
            <span className="sr-only">Close</span>
          </RadixDialog.Close>
        )}
      </RadixDialog.Content>
    </RadixDialog.Portal>
  );
}

export function DialogHeader({ className, ...props }: ComponentProps<"div">) {
  return (
    <div data-slot="dialog-header" className={cn("px-5 pt-[18px] pr-12 pb-3.5", className)} {...props} />
  );
}

/** `danger` for what cannot be taken back: the title then says it in red. */
export function DialogTitle({
  className,
  danger = false,
  ...props
}: ComponentProps<typeof RadixDialog.Title> & { danger?: boolean }) {
  return (
    <RadixDialog.Title
      data-slot="dialog-title"
      className={cn("font-semibold text-lg tracking-[-0.01em]", danger && "text-destructive", className)}
      {...props}
    />
  );
}

export function DialogDescription({ className, ...props }: ComponentProps<typeof RadixDialog.Description>) {
  return (
    <RadixDialog.Description
      data-slot="dialog-description"
      className={cn("mt-0.5 text-muted-foreground text-sm", className)}
      {...props}
    />
  );
}

/** The part that scrolls when the window is too small. */
export function DialogBody({ className, ...props }: ComponentProps<"div">) {
  return (
    <div
      data-slot="dialog-body"
      className={cn("grid min-h-0 gap-4 overflow-y-auto overscroll-contain px-5 pt-0.5 pb-4", className)}
      {...props}
    />
  );
}

/** Actions at the right (on a phone: full width, the last one at the foot), quiet words at the left in `note`. */
export function DialogFooter({
  className,
  note,
  children,
  ...props
}: ComponentProps<"div"> & { note?: ReactNode }) {
  return (
    <div
      data-slot="dialog-footer"
      className={cn(
        "flex items-center gap-2 border-t bg-muted/55 px-5 py-3 max-md:flex-col-reverse max-md:items-stretch",
        "max-md:px-4 max-md:pb-[max(12px,env(safe-area-inset-bottom))]",
        className,
      )}
      {...props}
    >
      <div className="min-w-0 flex-1 text-muted-foreground text-xs">{note}</div>
      {children}
    </div>
  );
}
