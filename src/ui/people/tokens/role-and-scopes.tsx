"use client";

import { type Control, Controller, type FieldValues, type Path, useWatch } from "react-hook-form";
import { type Permission, permissionsOf, type Role, roles } from "@/contracts/people/role";
import { Field } from "../../primitives/field";
import { useMe } from "../me";
import { RoleSelect } from "../users/role-select";
import { ScopesField } from "./scopes-field";

/** What the form of a credential holds about what it may do. */
export interface Granted extends FieldValues {
  role: Role;
  /** null: everything that the role may do. */
  scopes: Permission[] | null;
}

/** The scopes that are sent: within the role, since a weaker one may have been chosen after them. */
export function sentScopes({ role, scopes }: Granted): { scopes?: Permission[] } {
  return scopes === null ? {} : { scopes: scopes.filter((scope) => permissionsOf[role].has(scope)) };
}

/** The role of a credential, at most one's own, and what it is for within it. */
export function RoleAndScopes<Typed extends Granted>({ control }: { control: Control<Typed> }) {
  const me = useMe();
  const own = me ? permissionsOf[me.role].size : 0;
  const grantable = roles.filter((role) => permissionsOf[role].size <= own);
  const role: Role = useWatch({ control, name: "role" as Path<Typed> });
  const chosen = (scopes: Granted["scopes"], { role }: Granted) =>
    scopes === null ||
    permissionsOf[role].size < 2 ||
    scopes.some((scope) => permissionsOf[role].has(scope)) ||
    "Tick at least one, or choose “All of its role”.";
  return (
    <>
      <Controller
        control={control}
        name={"role" as Path<Typed>}
        render={({ field, fieldState }) => (
          <Field
            label="May do"
            error={fieldState.error?.message}
            {...(me && me.role !== "admin" ? { hint: `At most what you may yourself: ${me.role}.` } : {})}
          >
            <RoleSelect size="lg" value={field.value} onChange={field.onChange} only={grantable} />
          </Field>
        )}
      />
      <Controller
        control={control}
        name={"scopes" as Path<Typed>}
        rules={{ validate: chosen }}
        render={({ field, fieldState }) => (
          <ScopesField
            role={role}
            value={field.value}
            onChange={field.onChange}
            error={fieldState.error?.message}
          />
        )}
      />
    </>
  );
}
