"use client";

import { useState } from "react";
import {
  CommandDialog,
  CommandEmpty,
  CommandGroup,
  CommandInput,
  CommandItem,
  CommandList,
} from "../primitives/command";
import { Kbd } from "../primitives/kbd";
import type { CommandAction } from "./shell-types";

/** Everything within reach of Ctrl or Cmd K. Groups stand in the order in which their first action comes. */
export function CommandMenu({
  open,
  onOpenChange,
  actions,
}: {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** Asked for what may fit the typed text, "" when the menu opens: with a large fleet not all of it can be listed. */
  actions: (typed: string) => readonly CommandAction[];
}) {
  const pick = (action: CommandAction) => {
    onOpenChange(false);
    action.run();
  };
  return (
    <CommandDialog
      open={open}
      onOpenChange={onOpenChange}
      title="Commands"
      description="Type to find an action, an agent or a page. Arrow keys move, Enter runs."
    >
      <Choices actions={actions} onPick={pick} />
    </CommandDialog>
  );
}

function Choices({
  actions,
  onPick,
}: {
  actions: (typed: string) => readonly CommandAction[];
  onPick: (action: CommandAction) => void;
}) {
  // What can be chosen stays while one chooses: it changes with what is typed alone.
  const [known, setKnown] = useState(() => actions(""));
  const [typed, setTyped] = useState("");
  const groups = [...new Set(known.map((action) => action.group))];
  return (
    <>
      <CommandInput
        placeholder="What do you want to do?"
        aria-label="Search commands"
        // Ours, not the menu's own: it would choose among what fits before what was found only now is in it.
        value={typed}
        onValueChange={(next) => {
          setTyped(next);
          setKnown(actions(next));
        }}
      />
      <CommandList>
        <CommandEmpty>Nothing by that name. Try an agent, a host or a page.</CommandEmpty>
        {groups.map((group) => (
          <CommandGroup key={group} heading={group}>
            {known
              .filter((action) => action.group === group)
              .map((action) => (
                <CommandItem
                  key={action.id}
                  value={action.id}
                  keywords={[action.label, group, ...(action.keywords ?? [])]}
                  disabled={Boolean(action.offBecause)}
                  onSelect={() => onPick(action)}
                >
                  {action.icon}
                  <span className="cut">{action.label}</span>
                  <span className="ml-auto flex shrink-0 items-center gap-2 text-muted-foreground text-xs">
                    {action.offBecause ?? action.aside}
                    {action.keys ? <Kbd>{action.keys}</Kbd> : null}
                  </span>
                </CommandItem>
              ))}
          </CommandGroup>
        ))}
      </CommandList>
    </>
  );
}
