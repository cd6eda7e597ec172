"use client";

import { BrokenPage } from "./broken-page";

/** A page without the shell, or the shell itself, broke. */
export default function ErrorPage({ error }: { error: unknown }) {
  return (
    <main className="grid min-h-dvh">
      <BrokenPage error={error} />
    </main>
  );
}
