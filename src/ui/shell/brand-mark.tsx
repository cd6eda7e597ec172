import { cn } from "../primitives/class-names";

/** The sign of the product: an orbit with a gap, something in it, and one that has just come round. */
export function BrandMark({ className }: { className?: string }) {
  return (
    <svg aria-hidden="true" viewBox="0 0 20 20" className={cn("size-5 shrink-0", className)}>
      <circle
        cx="10"
        cy="10"
        r="8.1"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.8"
        strokeDasharray="39 12"
        strokeDashoffset="-4.4"
        strokeLinecap="round"
      />
      <circle cx="10" cy="10" r="2.6" fill="currentColor" />
      <circle cx="15.7" cy="4.3" r="2.1" fill="currentColor" />
    </svg>
  );
}
