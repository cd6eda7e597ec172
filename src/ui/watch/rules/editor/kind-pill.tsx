"use client";

import { type ConditionKind, conditionKinds } from "@/contracts/watch/condition";
import {
  DropdownMenuGroup,
  DropdownMenuLabel,
  DropdownMenuRadioGroup,
  DropdownMenuRadioItem,
} from "../../../primitives/dropdown-menu";
import { kindChoices } from "../words/condition-choices";
import { ofKind } from "../words/draft";
import { useEditing } from "./editing";
import { MenuPill, type PillProps } from "./pill";

const groups = [...new Set(conditionKinds.map((kind) => kindChoices[kind].group))];

/** What is wrong: the twelve kinds, each with a line that says what it means. */
export function KindPill(props: PillProps) {
  const { draft, put } = useEditing();
  const take = (kind: ConditionKind) => {
    if (kind !== draft.condition.kind) put(ofKind(draft, kind));
  };
  return (
    <MenuPill {...props} wide>
      <DropdownMenuRadioGroup
        value={draft.condition.kind}
        onValueChange={(next) => {
          const kind = conditionKinds.find((one) => one === next);
          if (kind) take(kind);
        }}
      >
        {groups.map((group) => (
          <DropdownMenuGroup key={group} aria-label={group}>
            <DropdownMenuLabel>{group}</DropdownMenuLabel>
            {conditionKinds
              .filter((kind) => kindChoices[kind].group === group)
              .map((kind) => (
                <DropdownMenuRadioItem
                  key={kind}
                  value={kind}
                  textValue={kindChoices[kind].name}
                  className="h-auto min-h-8 py-1.5"
                >
                  <span className="grid gap-0.5">
                    <span className="font-medium">{kindChoices[kind].name}</span>
                    <span className="text-pretty text-muted-foreground text-xs leading-4">
                      {kindChoices[kind].means}
                    </span>
                  </span>
                </DropdownMenuRadioItem>
              ))}
          </DropdownMenuGroup>
        ))}
      </DropdownMenuRadioGroup>
    </MenuPill>
  );
}
