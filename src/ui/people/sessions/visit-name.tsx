import type { ReactNode } from "react";

/** Who came, over what is told of the visit: lines that `children` bring. */
export function VisitName({
  name,
  badge,
  children,
}: {
  name: string;
  badge?: ReactNode;
  children: ReactNode;
}) {
  return (
    <span className="grid min-w-0 flex-1 leading-[18px]">
      <span className="flex min-w-0 items-center gap-1.5">
        <b className="cut font-strong">{name}</b>
        {badge}
      </span>
      {children}
    </span>
  );
}
