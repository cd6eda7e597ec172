"use client";

import { UserRoundPlus, UserRoundX } from "lucide-react";
import { useState } from "react";
import type { Alert } from "@/contracts/watch/alert";
import { trpc } from "../../api/trpc";
import { useMe } from "../../people/me";
import { Avatar } from "../../primitives/avatar";
import { ButtonWithReason } from "../../primitives/button-with-reason";
import {
  Command,
  CommandEmpty,
  CommandGroup,
  CommandInput,
  CommandItem,
  CommandList,
} from "../../primitives/command";
import { Popover, PopoverContent, PopoverTrigger } from "../../primitives/popover";
import { useAct, useActOffBecause } from "./use-act";

/** Who shall take care of it: a list to type into, oneself first. */
export function AssignMenu({ alert, className }: { alert: Alert; className?: string }) {
  const [open, setOpen] = useState(false);
  const offBecause = useActOffBecause();
  const { assign, busy } = useAct(alert);
  const button = (
    <ButtonWithReason
      busy={busy.assign}
      {...(offBecause ? { offBecause } : {})}
      {...(className ? { className } : {})}
    >
      <UserRoundPlus aria-hidden="true" />
      Assign
    </ButtonWithReason>
  );
  if (offBecause) return button;
  const pick = (userId: string | null) => {
    setOpen(false);
    assign(userId);
  };
  return (
    <Popover open={open} onOpenChange={setOpen}>
      <PopoverTrigger asChild>{button}</PopoverTrigger>
      <PopoverContent className="w-64 p-0" aria-label={`Assign the alert about ${alert.subject.name}`}>
        <People assigned={alert.assignedTo?.id ?? null} onPick={pick} />
      </PopoverContent>
    </Popover>
  );
}

function People({ assigned, onPick }: { assigned: string | null; onPick: (userId: string | null) => void }) {
  const me = useMe();
  const people = trpc.alerts.assignees.useQuery({}, { staleTime: 60_000 });
  const items = people.data?.items ?? [];
  const ordered = [...items.filter(({ id }) => id === me?.id), ...items.filter(({ id }) => id !== me?.id)];
  return (
    <Command loop>
      <CommandInput placeholder="Who?" aria-label="Search people" />
      <CommandList>
        <CommandEmpty>{people.isPending ? "Reading who is there…" : "Nobody by that name."}</CommandEmpty>
        <CommandGroup>
          {ordered.map(({ id, name }) => (
            <CommandItem key={id} value={id} keywords={[name]} onSelect={() => onPick(id)}>
              <Avatar name={name} size="xs" decorative />
              <span className="cut">{id === me?.id ? `${name} (you)` : name}</span>
              {id === assigned ? (
                <span className="ml-auto text-muted-foreground text-xs">has it assigned</span>
              ) : null}
            </CommandItem>
          ))}
          {assigned ? (
            <CommandItem value="nobody" keywords={["nobody"]} onSelect={() => onPick(null)}>
              <UserRoundX aria-hidden="true" />
              Nobody
            </CommandItem>
          ) : null}
        </CommandGroup>
      </CommandList>
    </Command>
  );
}
