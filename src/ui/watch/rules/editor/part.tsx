"use client";

import type { ReactNode } from "react";
import { useEditing } from "./editing";

/** Fields of a group that has no one control: a head, and what is wrong below it. */
export function Part({
  title,
  hint,
  children,
  paths,
}: {
  title: string;
  hint?: string;
  children: ReactNode;
  paths: string[];
}) {
  const { problem } = useEditing();
  const wrong = problem(...paths);
  return (
    <div>
      <h3 className="mb-1.5 font-medium text-xs">{title}</h3>
      {children}
      {wrong ? (
        <p role="alert" className="mt-1.5 text-destructive text-xs">
          {wrong}
        </p>
      ) : null}
      {hint ? <p className="mt-1.5 text-pretty text-muted-foreground text-xs">{hint}</p> : null}
    </div>
  );
}
