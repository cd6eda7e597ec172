"use client";

import { type ReactNode, useId } from "react";
import { Checkbox } from "../../primitives/checkbox";

/** One choice that is on or off, with its words beside it. */
export function CheckRow({
  checked,
  onChange,
  disabled = false,
  children,
}: {
  checked: boolean;
  onChange: (on: boolean) => void;
  disabled?: boolean;
  children: ReactNode;
}) {
  const id = useId();
  return (
    <div className="flex min-h-7 items-center gap-2.5 max-md:min-h-11">
      <Checkbox
        id={id}
        checked={checked}
        disabled={disabled}
        onCheckedChange={(on) => onChange(on === true)}
      />
      <label htmlFor={id} className="min-w-0 flex-1 cursor-pointer">
        {children}
      </label>
    </div>
  );
}
