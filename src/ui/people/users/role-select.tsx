"use client";

import { type Role, roles } from "@/contracts/people/role";
import { Select, SelectContent, SelectItem, SelectTrigger } from "../../primitives/select";
import { roleWords } from "../role-words";

/** The three roles with what each may do; the strongest last, so that it is not picked by haste. */
export function RoleSelect({
  value,
  onChange,
  size = "default",
  label,
  disabled = false,
  only = roles,
}: {
  value: Role;
  onChange: (role: Role) => void;
  size?: "default" | "lg";
  /** For a select outside of a Field. */
  label?: string;
  disabled?: boolean;
  only?: readonly Role[];
}) {
  const pick = (next: string) => {
    const role = roles.find((candidate) => candidate === next);
    if (role) onChange(role);
  };
  return (
    <Select value={value} onValueChange={pick} disabled={disabled}>
      <SelectTrigger size={size} aria-label={label}>
        <span>{roleWords[value].name}</span>
      </SelectTrigger>
      <SelectContent>
        {only.map((role) => (
          <SelectItem key={role} value={role} className="h-auto py-1.5">
            <span className="grid">
              <span>{roleWords[role].name}</span>
              <span className="text-muted-foreground text-xs">{roleWords[role].may}</span>
            </span>
          </SelectItem>
        ))}
      </SelectContent>
    </Select>
  );
}
