import type { ReactNode } from "react";
import { cn } from "../primitives/class-names";
import type { StatusShapeName } from "./status-words";

/*
 * Each status has a form of its own, so that none is told by colour alone. Holes are real holes (even-odd), so the
 * shapes sit on any surface.
 */
const drawings: Record<StatusShapeName, ReactNode> = {
  working: (
    <path
      fillRule="evenodd"
      d="M8 1.5a6.5 6.5 0 1 0 0 13a6.5 6.5 0 0 0 0-13zM6.3 5.3c0-.5.5-.8.9-.5l3.9 2.6c.4.3.4.9 0 1.2l-3.9 2.6c-.4.3-.9 0-.9-.5z"
    />
  ),
  idle: <circle cx="8" cy="8" r="5.5" />,
  waiting: (
    <path
      fillRule="evenodd"
      d="M3.6 2h8.8A1.9 1.9 0 0 1 14.3 3.9v5.6a1.9 1.9 0 0 1-1.9 1.9H8.9L5.6 14.3c-.3.3-.8.1-.8-.4v-2.5H3.6a1.9 1.9 0 0 1-1.9-1.9V3.9A1.9 1.9 0 0 1 3.6 2zM4.2 5.8v1.7h1.7V5.8zM7.15 5.8v1.7h1.7V5.8zM10.1 5.8v1.7h1.7V5.8z"
    />
  ),
  stuck: (
    <path
      fillRule="evenodd"
      d="M6.9 2.1 1.4 11.9a1.25 1.25 0 0 0 1.1 1.9h11a1.25 1.25 0 0 0 1.1-1.9L9.1 2.1a1.25 1.25 0 0 0-2.2 0zM7.2 5.6h1.6v4H7.2zM7.2 10.7h1.6v1.6H7.2z"
    />
  ),
  offline: (
    <path
      fillRule="evenodd"
      d="M4.25 1.75h7.5a2.5 2.5 0 0 1 2.5 2.5v7.5a2.5 2.5 0 0 1-2.5 2.5h-7.5a2.5 2.5 0 0 1-2.5-2.5v-7.5a2.5 2.5 0 0 1 2.5-2.5zM4.76 6.04 6.73 8 4.76 9.96a.9.9 0 0 0 1.28 1.28L8 9.27l1.96 1.97a.9.9 0 0 0 1.28-1.28L9.27 8l1.97-1.96a.9.9 0 0 0-1.28-1.28L8 6.73 6.04 4.76a.9.9 0 0 0-1.28 1.28z"
    />
  ),
  unknown: (
    <>
      <circle
        cx="8"
        cy="8"
        r="6"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.5"
        strokeDasharray="2.4 1.37"
      />
      <path
        d="M6.5 6.5a1.55 1.55 0 1 1 2.2 1.5c-.5.3-.7.5-.7 1.1"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.4"
        strokeLinecap="round"
      />
      <circle cx="8" cy="11" r=".85" />
    </>
  ),
  transition: (
    <>
      <path
        d="M13.6 8A5.6 5.6 0 1 1 11 3.3"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.9"
        strokeLinecap="round"
      />
      <path d="M9.3 3.9l3.6.6.5-3.5z" />
    </>
  ),
  paused: (
    <>
      <rect x="3.4" y="2.5" width="3.2" height="11" rx="1" />
      <rect x="9.4" y="2.5" width="3.2" height="11" rx="1" />
    </>
  ),
  stopped: (
    <rect x="3" y="3" width="10" height="10" rx="2" fill="none" stroke="currentColor" strokeWidth="1.6" />
  ),
  never: (
    <circle
      cx="8"
      cy="8"
      r="5.4"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.6"
      strokeDasharray=".1 2.73"
      strokeLinecap="round"
    />
  ),
};

const sizes = { xs: "size-3", sm: "size-3.5", lg: "size-[18px]" };

/** The form of a status, in the current text colour. Decoration: the word stands beside it. */
export function StatusShape({
  shape,
  size = "sm",
  className,
}: {
  shape: StatusShapeName;
  size?: keyof typeof sizes;
  className?: string;
}) {
  return (
    <svg
      data-slot="status-shape"
      data-shape={shape}
      aria-hidden="true"
      viewBox="0 0 16 16"
      fill="currentColor"
      className={cn("shrink-0", sizes[size], shape === "transition" && "animate-turn", className)}
    >
      {drawings[shape]}
    </svg>
  );
}
