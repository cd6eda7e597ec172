import type { Difference } from "../words/differences";

/** Field by field: what it was, and what it is. Said in words and by a stroke, not by colour alone. */
export function DifferenceList({ differences }: { differences: readonly Difference[] }) {
  if (differences.length === 0) return <p className="text-muted-foreground text-xs">Nothing differs.</p>;
  return (
    <dl
      data-slot="differences"
      className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-3.5 gap-y-1 text-xs max-md:grid-cols-1"
    >
      {differences.map(({ name, before, after }) => (
        <div key={name} className="contents">
          <dt className="text-muted-foreground">{name}</dt>
          <dd className="min-w-0 break-words max-md:mb-1.5">
            <span className="sr-only">was </span>
            <del className="text-muted-foreground">{before}</del> <span aria-hidden="true">→</span>{" "}
            <span className="sr-only">is now </span>
            <ins className="font-strong no-underline">{after}</ins>
          </dd>
        </div>
      ))}
    </dl>
  );
}
