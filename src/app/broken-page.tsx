"use client";

import { RotateCw } from "lucide-react";
import { useEffect, useState } from "react";
import { Button } from "@/ui/primitives/button";
import { CopyButton } from "@/ui/primitives/copy-button";
import { EmptyState } from "@/ui/primitives/empty-state";
import { StatusShape } from "@/ui/status/shapes";

/**
 * A page broke while it was drawn. Agents, alerts and messages go on without it, and it says so. It is loaded anew
 * and not just drawn again: after an update of the server that is what helps.
 */
export function BrokenPage({ error }: { error: unknown }) {
  const [report, setReport] = useState("");
  useEffect(() => {
    setReport(`${window.location.pathname}, ${new Date().toISOString()}: ${whatBroke(error)}`);
  }, [error]);
  return (
    <div data-tone="offline" className="grid min-h-full flex-1 place-items-center">
      <h1 className="sr-only">Error</h1>
      <EmptyState
        title="This page broke"
        icon={<StatusShape shape="offline" size="lg" className="text-tone" />}
        actions={
          <>
            <Button variant="primary" onClick={() => window.location.reload()}>
              <RotateCw aria-hidden="true" />
              Load it again
            </Button>
            <Button onClick={() => window.location.assign("/")}>Go to the board</Button>
          </>
        }
      >
        Only the page is affected: agents are still watched, and alerts still go out. If it stays broken, send
        your admin these details:
        <span className="mt-3 flex items-center gap-2 rounded-md bg-muted py-1.5 pr-1.5 pl-3 text-left">
          <code className="mono line-clamp-3 min-w-0 flex-1 text-xs [overflow-wrap:anywhere]">
            {whatBroke(error)}
          </code>
          <CopyButton text={report} label="" name="Copy the details" />
        </span>
      </EmptyState>
    </div>
  );
}

/** What the browser was told; where the server broke that is a number, and the rest stands in the server's log. */
function whatBroke(error: unknown): string {
  if (typeof error === "object" && error !== null && "digest" in error && error.digest) {
    return `number ${String(error.digest)} in the server's log`;
  }
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}
