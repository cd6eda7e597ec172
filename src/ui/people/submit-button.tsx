"use client";

import { type ReactNode, useEffect, useState } from "react";
import { formatDuration } from "../format/duration";
import { Button } from "../primitives/button";

/**
 * The one button that sends a form. It is off until the script is there, so that a press of Enter before sends nothing
 * the old way, and while the server asked to wait: then it counts the seconds down in place of its verb.
 */
export function SubmitButton({
  busy,
  waitSeconds,
  disabled = false,
  className = "mt-2 h-10 w-full",
  children,
}: {
  /** What was sent is on its way, or has done its work and the page is about to change. */
  busy: boolean;
  /** From `useWait`; 0: there is nothing to wait for. */
  waitSeconds: number;
  disabled?: boolean;
  /** Where it stands; left out: as wide as the form. */
  className?: string;
  /** The verb: "Send me the link". */
  children: ReactNode;
}) {
  const [awake, setAwake] = useState(false);
  useEffect(() => setAwake(true), []);
  const waiting = waitSeconds > 0;
  return (
    <Button
      type="submit"
      variant="primary"
      size="lg"
      busy={busy}
      disabled={!awake || waiting || disabled}
      className={`num ${className}`}
    >
      {waiting ? `Try again in ${formatDuration(waitSeconds * 1000)}` : children}
    </Button>
  );
}
