"use client";

import { Button } from "@/ui/primitives/button";
import { EmptyState } from "@/ui/primitives/empty-state";
import { StatusShape } from "@/ui/status/shapes";

/** A page broke while it was drawn. Agents, alerts and messages go on without it, and it says so. */
export default function ErrorPage({
  error,
  reset,
}: {
  error: Error & { digest?: string };
  reset: () => void;
}) {
  return (
    <main className="grid min-h-full flex-1 place-items-center" data-tone="offline">
      <h1 className="sr-only">Error</h1>
      <EmptyState
        title="This page broke"
        icon={<StatusShape shape="offline" size="lg" className="text-tone" />}
        actions={
          <>
            <Button variant="primary" onClick={reset}>
              Draw it again
            </Button>
            <Button onClick={() => window.location.assign("/")}>Go to the board</Button>
          </>
        }
      >
        Only the page is affected: agents are still watched, and alerts still go out. Draw it again, and tell
        your admin if it stays{error.digest ? `, with the number ${error.digest}` : ""}.
      </EmptyState>
    </main>
  );
}
