"use client";

import { DropdownMenuCheckboxItem, DropdownMenuSeparator } from "../../../primitives/dropdown-menu";
import { MenuPill, type PillProps } from "./pill";

/** Some of a few. `none`: what it means when none is chosen; without it none is refused by the schema. */
export function SeveralPill<Value extends string>({
  values,
  chosen,
  say,
  none,
  onPick,
  ...pill
}: PillProps & {
  values: readonly Value[];
  chosen: readonly Value[];
  say: (value: Value) => string;
  none?: string;
  onPick: (values: Value[]) => void;
}) {
  return (
    <MenuPill {...pill}>
      {none === undefined ? null : (
        <>
          <DropdownMenuCheckboxItem checked={chosen.length === 0} onCheckedChange={() => onPick([])}>
            {none}
          </DropdownMenuCheckboxItem>
          {values.length > 0 ? <DropdownMenuSeparator /> : null}
        </>
      )}
      {values.map((value) => (
        <DropdownMenuCheckboxItem
          key={value}
          checked={chosen.includes(value)}
          // In the order of the list, whatever the order of picking: the same choice reads the same.
          onCheckedChange={(on) =>
            onPick(values.filter((one) => (one === value ? on : chosen.includes(one))))
          }
          // Several may be picked in one go.
          onSelect={(event) => event.preventDefault()}
        >
          {say(value)}
        </DropdownMenuCheckboxItem>
      ))}
    </MenuPill>
  );
}
