import type { ComponentProps, ReactNode } from "react";
import { cn } from "./class-names";

export function Card({ className, ...props }: ComponentProps<"section">) {
  return (
    <section
      data-slot="card"
      className={cn("rounded-lg border bg-card max-md:rounded-xl", className)}
      {...props}
    />
  );
}

/** The card's title with quiet words or controls at its right end. */
export function CardHeader({
  className,
  title,
  aside,
  children,
}: {
  className?: string;
  title: ReactNode;
  aside?: ReactNode;
  children?: ReactNode;
}) {
  return (
    <header data-slot="card-header" className={cn("flex items-center gap-2 px-4 pt-3 pb-2.5", className)}>
      <h2 className="min-w-0 flex-1 font-semibold text-sm">{title}</h2>
      {aside ? <span className="font-medium text-2xs text-muted-foreground">{aside}</span> : null}
      {children}
    </header>
  );
}

export function CardBody({ className, ...props }: ComponentProps<"div">) {
  return <div data-slot="card-body" className={cn("px-4 pb-[15px]", className)} {...props} />;
}
