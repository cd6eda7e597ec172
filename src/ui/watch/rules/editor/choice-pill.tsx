"use client";

import { DropdownMenuRadioGroup, DropdownMenuRadioItem } from "../../../primitives/dropdown-menu";
import { MenuPill, type PillProps } from "./pill";

/** One of a few, by its words. */
export function ChoicePill<Value extends string>({
  values,
  value,
  say,
  onPick,
  ...pill
}: PillProps & {
  values: readonly Value[];
  value: Value;
  say: (value: Value) => string;
  onPick: (value: Value) => void;
}) {
  return (
    <MenuPill {...pill}>
      <DropdownMenuRadioGroup
        value={value}
        onValueChange={(next) => {
          const known = values.find((one) => one === next);
          if (known !== undefined) onPick(known);
        }}
      >
        {values.map((one) => (
          <DropdownMenuRadioItem key={one} value={one}>
            {say(one)}
          </DropdownMenuRadioItem>
        ))}
      </DropdownMenuRadioGroup>
    </MenuPill>
  );
}
