"use client";

import { ArrowDown } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "../primitives/button";

/** Below a list that comes a page at a time: asks for the next page, and is gone with the last. */
export function MoreButton({
  query,
  children,
}: {
  query: { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => unknown };
  children: ReactNode;
}) {
  if (!query.hasNextPage) return null;
  return (
    <Button
      className="mt-3 max-md:mx-4"
      busy={query.isFetchingNextPage}
      onClick={() => void query.fetchNextPage()}
    >
      {children}
      <ArrowDown aria-hidden="true" />
    </Button>
  );
}
