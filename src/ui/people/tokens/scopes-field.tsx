"use client";

import { CircleAlert } from "lucide-react";
import { useId, useState } from "react";
import { type Permission, permissionsOf, type Role } from "@/contracts/people/role";
import { Checkbox } from "../../primitives/checkbox";
import { Segmented } from "../../primitives/segmented";
import { type Preset, scopeGroups, scopesOf, scopeWords } from "./scope-words";

const options: { value: Preset; label: string }[] = [
  { value: "all", label: "All of its role" },
  { value: "read", label: "Read only" },
  { value: "operate", label: "Operate" },
  { value: "some", label: "Choose" },
];

/** What a credential is for, within its role: a preset, or single permissions. null: everything that the role may do. */
export function ScopesField({
  role,
  value,
  onChange,
  error,
}: {
  role: Role;
  value: readonly Permission[] | null;
  onChange: (scopes: Permission[] | null) => void;
  error: string | undefined;
}) {
  const id = useId();
  const [preset, setPreset] = useState<Preset>("all");
  const held = permissionsOf[role];
  // A role of one permission leaves nothing to choose.
  if (held.size < 2) return null;
  const pick = (next: Preset) => {
    setPreset(next);
    if (next !== "some") onChange(scopesOf(next, role));
    else onChange([...(value ?? [])]);
  };
  const toggle = (scope: Permission, on: boolean) => {
    setPreset("some");
    onChange(on ? [...(value ?? []), scope] : (value ?? []).filter((other) => other !== scope));
  };
  return (
    <fieldset className="min-w-0" aria-describedby={error ? `${id}-error` : `${id}-hint`}>
      <legend className="mb-1.5 font-strong text-sm">Only for</legend>
      <div className="max-w-full overflow-x-auto [scrollbar-width:none]">
        <Segmented label="Only for" value={preset} onValueChange={pick} options={options} />
      </div>
      {preset === "all" ? (
        <p id={`${id}-hint`} className="mt-1.5 text-muted-foreground text-xs">
          Everything that the role may do. Less is safer: a leaked secret then opens less.
        </p>
      ) : (
        <div className="mt-3 grid grid-cols-2 gap-x-5 gap-y-3.5 max-md:grid-cols-1">
          {scopeGroups.map(({ name, scopes }) => {
            const offered = scopes.filter((scope) => held.has(scope));
            if (offered.length === 0) return null;
            return (
              <fieldset key={name} className="min-w-0">
                <legend className="mb-1 text-2xs text-muted-foreground">{name}</legend>
                <div className="grid gap-1.5 max-md:gap-3">
                  {offered.map((scope) => (
                    <label
                      key={scope}
                      htmlFor={`${id}-${scope}`}
                      className="flex items-start gap-2.5 text-sm leading-[18px]"
                    >
                      <Checkbox
                        id={`${id}-${scope}`}
                        className="mt-0.5"
                        checked={value?.includes(scope) ?? false}
                        aria-invalid={error ? true : undefined}
                        onCheckedChange={(on) => toggle(scope, on === true)}
                      />
                      <span className="grid min-w-0">
                        <span>{scopeWords[scope]}</span>
                        <span className="mono text-muted-foreground text-xs">{scope}</span>
                      </span>
                    </label>
                  ))}
                </div>
              </fieldset>
            );
          })}
        </div>
      )}
      {error ? (
        <p id={`${id}-error`} role="alert" className="mt-2 flex gap-1.5 text-destructive text-xs">
          <CircleAlert aria-hidden="true" className="mt-[3px] size-3 shrink-0" strokeWidth={2} />
          <span>{error}</span>
        </p>
      ) : null}
    </fieldset>
  );
}
