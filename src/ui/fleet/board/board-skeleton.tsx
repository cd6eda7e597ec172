import { cn } from "../../primitives/class-names";
import { Skeleton } from "../../primitives/skeleton";

const rows = [
  ["a", "w-24"],
  ["b", "w-32"],
  ["c", "w-20"],
  ["d", "w-28"],
  ["e", "w-36"],
  ["f", "w-24"],
  ["g", "w-28"],
  ["h", "w-20"],
  ["i", "w-32"],
] as const;

/** Tools, heads and rows of the right height until the first snapshot is here, so that nothing jumps when it comes. */
export function BoardSkeleton({ className }: { className?: string }) {
  return (
    <div aria-busy="true" className={cn("min-h-0 flex-1 overflow-hidden", className)}>
      <span className="sr-only" role="status">
        The board is loading.
      </span>
      <div className="h-[72px] border-b max-md:hidden" />
      {rows.map(([key, width]) => (
        <div key={key} className="flex h-8 items-center gap-6 border-border/62 border-b px-4 max-md:h-15">
          <Skeleton className="size-3.5 rounded-full" />
          <Skeleton className="w-14" />
          <Skeleton className={width} />
          <Skeleton className="w-56 max-md:hidden" />
        </div>
      ))}
    </div>
  );
}
