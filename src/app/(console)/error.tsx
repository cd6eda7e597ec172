"use client";

import { BrokenPage } from "../broken-page";

/** One page of the console broke: the shell around it, with the live line and the way to the others, stays. */
export default function ConsoleErrorPage({ error }: { error: unknown }) {
  return <BrokenPage error={error} />;
}
