import { cva, type VariantProps } from "class-variance-authority";
import { LoaderCircle } from "lucide-react";
import { Slot } from "radix-ui";
import type { ComponentProps } from "react";
import { cn } from "./class-names";

export const buttonVariants = cva(
  [
    "inline-flex shrink-0 select-none items-center justify-center gap-1.5 whitespace-nowrap rounded-md border",
    "font-medium text-sm leading-none transition-colors duration-100",
    "disabled:cursor-not-allowed disabled:opacity-55 aria-disabled:cursor-not-allowed aria-disabled:opacity-55",
    "[&_svg]:pointer-events-none [&_svg]:shrink-0 [&_svg:not([class*=size-])]:size-3.5",
  ],
  {
    variants: {
      variant: {
        primary:
          "border-primary bg-primary text-primary-foreground not-disabled:hover:border-primary/90 not-disabled:hover:bg-primary/90",
        outline:
          "border-border-strong bg-card text-foreground not-disabled:hover:bg-accent data-[state=open]:bg-accent [&_svg]:text-muted-foreground",
        ghost:
          "border-transparent bg-transparent text-foreground not-disabled:hover:bg-accent data-[state=open]:bg-accent [&_svg]:text-muted-foreground",
        "destructive-outline":
          "border-destructive/45 bg-transparent text-destructive not-disabled:hover:bg-destructive/8",
        destructive:
          "border-destructive-solid bg-destructive-solid text-destructive-foreground not-disabled:hover:bg-destructive-solid/90",
      },
      size: {
        default: "h-7 px-2.5 max-md:h-11 max-md:px-3.5 max-md:text-base",
        lg: "h-9 px-3.5 max-md:h-11 max-md:text-base",
        touch: "h-11 px-3.5 text-base",
        icon: "size-7 max-md:size-11",
        "icon-lg": "size-9 max-md:size-11",
      },
    },
    defaultVariants: { variant: "outline", size: "default" },
  },
);

export type ButtonProps = ComponentProps<"button"> &
  VariantProps<typeof buttonVariants> & {
    /** Draw the only child (a link) as a button. */
    asChild?: boolean;
    /** The action is under way: the label stays, further clicks do nothing. */
    busy?: boolean;
  };

/** Every button. `type` is "button" unless said: a button in a form must not send it by accident. */
export function Button({
  className,
  variant,
  size,
  asChild,
  busy,
  type,
  disabled,
  children,
  ...props
}: ButtonProps) {
  const classes = cn(buttonVariants({ variant, size }), className);
  if (asChild) {
    return (
      <Slot.Root data-slot="button" className={classes} {...props}>
        {children}
      </Slot.Root>
    );
  }
  return (
    <button
      data-slot="button"
      type={type ?? "button"}
      disabled={disabled || busy}
      aria-busy={busy || undefined}
      className={classes}
      {...props}
    >
      {busy ? <LoaderCircle aria-hidden="true" className="animate-turn" /> : null}
      {children}
    </button>
  );
}
