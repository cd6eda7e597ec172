"use client";

import { CircleAlert } from "lucide-react";
import { type ReactNode, useId } from "react";
import { cn } from "./class-names";
import { FieldContext } from "./field-context";
import { Label } from "./label";

export interface FieldProps {
  label: ReactNode;
  /** One control of primitives (Input, Textarea, SelectTrigger, Checkbox, Switch): it wires itself. */
  children: ReactNode;
  /** Quiet words after the label, such as "kept in the audit log". */
  aside?: ReactNode;
  /** At the right end of the label's line, such as a link. */
  action?: ReactNode;
  hint?: ReactNode;
  /** What is wrong and what to do; `errors.name?.message` of react-hook-form fits. */
  error?: string | undefined;
  /** The id of what describes it too but stands outside, such as a list of all that is wrong. */
  describedBy?: string | undefined;
  required?: boolean;
  className?: string;
}

/** Label, control, hint and error as one unit, joined for screen readers by ids. */
export function Field({
  label,
  children,
  aside,
  action,
  hint,
  error,
  describedBy,
  required = false,
  className,
}: FieldProps) {
  const id = useId();
  const hintId = `${id}-hint`;
  const errorId = `${id}-error`;
  const described = [error ? errorId : null, describedBy, hint ? hintId : null].filter(Boolean).join(" ");
  return (
    <FieldContext
      value={{
        controlId: `${id}-control`,
        describedBy: described || undefined,
        invalid: Boolean(error),
        required,
      }}
    >
      <div data-slot="field" data-invalid={error ? "" : undefined} className={cn("min-w-0", className)}>
        <div className="mb-1.5 flex items-baseline justify-between gap-3">
          <span className="min-w-0">
            <Label htmlFor={`${id}-control`}>{label}</Label>
            {aside ? <span className="text-muted-foreground text-xs"> · {aside}</span> : null}
          </span>
          {action}
        </div>
        {children}
        {error ? (
          <p id={errorId} role="alert" className="mt-1.5 flex gap-1.5 text-destructive text-xs">
            <CircleAlert aria-hidden="true" className="mt-[3px] size-3 shrink-0" strokeWidth={2} />
            <span>{error}</span>
          </p>
        ) : null}
        {hint ? (
          <p id={hintId} className="mt-1.5 text-muted-foreground text-xs">
            {hint}
          </p>
        ) : null}
      </div>
    </FieldContext>
  );
}
