"use client";

import { CircleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { refusalOf } from "../api/refusal";
import { Button } from "../primitives/button";
import { EmptyState } from "../primitives/empty-state";
import { Skeleton } from "../primitives/skeleton";

interface Query<Data> {
  data: Data | undefined;
  error: unknown;
  refetch: () => unknown;
}

/** A list that is on its way: lines of the right height, then what came, or why nothing did. */
export function Awaited<Data>({
  query,
  rows = 4,
  children,
}: {
  query: Query<Data>;
  rows?: number;
  children: (data: Data) => ReactNode;
}) {
  // What is known stays in sight while asking again fails: the header already says that the line is down.
  if (query.data !== undefined) return children(query.data);
  if (query.error) {
    return (
      <EmptyState
        title="This list did not come"
        icon={<CircleAlert />}
        actions={<Button onClick={() => query.refetch()}>Ask again</Button>}
      >
        {refusalOf(query.error).message}
      </EmptyState>
    );
  }
  return (
    <div role="status" aria-busy="true" aria-label="Loading">
      {Array.from({ length: rows }, (_, index) => `row-${index}`).map((id) => (
        <div
          key={id}
          className="flex h-8 items-center gap-6 border-border/62 border-b px-4 last:border-b-0 max-md:h-14"
        >
          <Skeleton className="w-32" />
          <Skeleton className="w-48" />
          <Skeleton className="ml-auto w-16" />
        </div>
      ))}
    </div>
  );
}
