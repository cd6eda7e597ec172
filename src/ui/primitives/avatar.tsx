import { cva, type VariantProps } from "class-variance-authority";
import type { ComponentProps } from "react";
import { cn } from "./class-names";

const avatarVariants = cva(
  "num inline-grid shrink-0 place-items-center rounded-full font-semibold leading-none tracking-normal",
  {
    variants: {
      size: { xs: "size-[18px] text-[9px]", sm: "size-[22px] text-[10px]", lg: "size-7 text-2xs" },
      /** This person is about to act, or acts now. */
      hand: {
        true: "bg-card text-hand shadow-[inset_0_0_0_1.5px_var(--hand)]",
        false: "bg-secondary text-foreground shadow-[inset_0_0_0_1px_var(--border-strong)]",
      },
    },
    defaultVariants: { size: "sm", hand: false },
  },
);

/** First letters: "Aiko Tanaka" gives "AT", "Aiko" gives "A", an e-mail its first letter. */
export function initials(name: string): string {
  const words = name.split("@")[0]?.split(/[\s._-]+/u) ?? [];
  const letters = words.flatMap((word) => [...word].slice(0, 1));
  const picked = name.includes(" ") ? [letters.at(0), letters.at(-1)] : [letters.at(0)];
  return picked.join("").toLocaleUpperCase() || "?";
}

export type AvatarProps = ComponentProps<"span"> &
  VariantProps<typeof avatarVariants> & {
    name: string;
    /** The name stands beside it: then the letters are only decoration. */
    decorative?: boolean;
  };

export function Avatar({ name, size, hand, decorative = false, className, ...props }: AvatarProps) {
  const naming = decorative ? { "aria-hidden": true } : { role: "img", "aria-label": name };
  return (
    <span
      data-slot="avatar"
      title={name}
      {...naming}
      className={cn(avatarVariants({ size, hand }), className)}
      {...props}
    >
      {initials(name)}
    </span>
  );
}

export interface StackedPerson {
  id: string;
  name: string;
  hand?: boolean;
}

/** Who is here. At most `max` faces, then "+2". `label` is the sentence that screen readers hear. */
export function AvatarStack({
  people,
  label,
  max = 5,
  className,
}: {
  people: readonly StackedPerson[];
  label: string;
  max?: number;
  className?: string;
}) {
  const shown = people.slice(0, max);
  const more = people.length - shown.length;
  const overlap = "relative -ml-0.5 outline-1 outline-background first:ml-0";
  return (
    <span
      data-slot="avatar-stack"
      role="img"
      aria-label={label}
      title={label}
      className={cn("flex", className)}
    >
      {shown.map((person) => (
        <Avatar
          key={person.id}
          name={person.name}
          hand={person.hand ?? false}
          decorative
          className={overlap}
        />
      ))}
      {more > 0 ? (
        <span aria-hidden="true" className={cn(avatarVariants(), overlap)}>
          +{more}
        </span>
      ) : null}
    </span>
  );
}
