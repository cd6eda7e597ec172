"use client";

import { useId } from "react";
import { type Permission, permissions, permissionsOf, type Role } from "@/contracts/people/role";
import { Checkbox } from "../../primitives/checkbox";

/** What a token is for, within its role. Nothing ticked: everything that the role may do. */
export function ScopesField({
  role,
  value,
  onChange,
  error,
}: {
  role: Role;
  value: readonly Permission[];
  onChange: (scopes: Permission[]) => void;
  error: string | undefined;
}) {
  const id = useId();
  const held = permissions.filter((permission) => permissionsOf[role].has(permission));
  const toggle = (scope: Permission, on: boolean) =>
    onChange(on ? [...value, scope] : value.filter((other) => other !== scope));
  // A role of one permission leaves nothing to choose.
  if (held.length < 2) return null;
  return (
    <fieldset className="min-w-0" aria-describedby={`${id}-hint`}>
      <legend className="mb-1.5 font-strong text-sm">Only for</legend>
      <div className="grid grid-cols-2 gap-x-4 gap-y-2 max-md:grid-cols-1 max-md:gap-y-4">
        {held.map((scope) => (
          <label key={scope} htmlFor={`${id}-${scope}`} className="flex items-center gap-2.5 text-sm">
            <Checkbox
              id={`${id}-${scope}`}
              checked={value.includes(scope)}
              onCheckedChange={(on) => toggle(scope, on === true)}
            />
            <span className="mono">{scope}</span>
          </label>
        ))}
      </div>
      <p id={`${id}-hint`} className="mt-1.5 text-muted-foreground text-xs">
        {error ?? "Nothing ticked: everything that the role may do."}
      </p>
    </fieldset>
  );
}
