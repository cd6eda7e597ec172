import type { Metadata } from "next";
import Link from "next/link";
import { Button } from "@/ui/primitives/button";
import { EmptyState } from "@/ui/primitives/empty-state";
import { StatusShape } from "@/ui/status/shapes";

export const metadata: Metadata = { title: "Not found" };

export default function NotFound() {
  return (
    <main className="grid min-h-dvh place-items-center">
      <h1 className="sr-only">Not found</h1>
      <EmptyState
        title="There is no such page"
        icon={<StatusShape shape="unknown" size="lg" />}
        actions={
          <Button variant="primary" asChild>
            <Link href="/">Go to the board</Link>
          </Button>
        }
      >
        The link may be old, mistyped, or what it showed was removed. The board has every agent.
      </EmptyState>
    </main>
  );
}
