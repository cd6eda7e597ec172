"use client";

import { type ReactNode, useEffect, useRef, useState } from "react";
import { cn } from "../primitives/class-names";

const restMs = 2000;

/**
 * A value that changes in place: it glows once when `value` changes, at most once in two seconds, never on the
 * first draw. `children` is how it is drawn. Not for times and beats, which change all the time.
 */
export function LiveValue({
  value,
  children,
  className,
}: {
  value: string | number | null;
  children?: ReactNode;
  className?: string;
}) {
  const shown = useRef(value);
  const glowedAt = useRef(0);
  const [glow, setGlow] = useState(0);
  useEffect(() => {
    if (shown.current === value) return;
    shown.current = value;
    const now = performance.now();
    if (glowedAt.current !== 0 && now - glowedAt.current < restMs) return;
    glowedAt.current = now;
    setGlow((count) => count + 1);
  }, [value]);
  // A new key starts the animation again: the class alone would run it only once.
  return (
    <span key={glow} data-slot="live-value" className={cn(glow > 0 && "glow", className)}>
      {children ?? value}
    </span>
  );
}
