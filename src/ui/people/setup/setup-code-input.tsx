"use client";

import { type ComponentProps, useState } from "react";
import { cn } from "../../primitives/class-names";
import { useFieldControl } from "../../primitives/field-context";

const half = 4;

/** "k7m4qx" and "K7M4-QX" are the same start of a code: capitals, without anything between. */
export function plainCode(typed: string): string {
  return typed.toUpperCase().replace(/[^A-Z0-9]/g, "");
}

export interface SetupCodeInputProps extends Omit<ComponentProps<"input">, "size" | "value" | "onChange"> {
  value: string;
  onChange: (code: string) => void;
  /** Characters of a code, without the hyphens. */
  length: number;
}

/**
 * One real field over drawn boxes: it takes a paste, a screen reader reads it as one word, and the boxes show how
 * much is missing.
 */
export function SetupCodeInput({ value, onChange, length, className, ...given }: SetupCodeInputProps) {
  const props = useFieldControl(given);
  const [focused, setFocused] = useState(false);
  const boxes = Array.from({ length }, (_, index) => ({ id: `box-${index}`, index }));
  return (
    <div className={cn("relative", className)}>
      <div aria-hidden="true" className="flex items-center gap-1">
        {boxes.map(({ id, index }) => (
          <span key={id} className="contents">
            {index > 0 && index % half === 0 ? (
              <i className="h-0.5 w-1.5 shrink-0 rounded-full bg-border-strong" />
            ) : null}
            <span
              data-current={focused && index === Math.min(value.length, length - 1) ? "" : undefined}
              className={cn(
                "grid h-11 min-w-0 flex-1 place-items-center rounded-md border border-input bg-card font-medium font-mono text-[17px]",
                "data-current:border-ring data-current:outline-2 data-current:outline-ring",
                props["aria-invalid"] && "border-destructive",
              )}
            >
              {value[index] ?? ""}
            </span>
          </span>
        ))}
      </div>
      <input
        {...props}
        value={value}
        onChange={(event) => onChange(plainCode(event.target.value).slice(0, length))}
        onFocus={() => setFocused(true)}
        onBlur={() => setFocused(false)}
        autoComplete="one-time-code"
        autoCapitalize="characters"
        autoCorrect="off"
        spellCheck={false}
        className="absolute inset-0 w-full cursor-text bg-transparent text-transparent caret-transparent outline-none selection:bg-transparent"
      />
    </div>
  );
}
