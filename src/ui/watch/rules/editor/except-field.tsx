"use client";

import { Plus } from "lucide-react";
import { useState } from "react";
import { Button } from "../../../primitives/button";
import { FilterChip } from "../../../primitives/chip";
import { Popover, PopoverContent, PopoverTrigger } from "../../../primitives/popover";
import { exceptWords, scopeKey } from "../words/scope-words";
import { useEditing } from "./editing";
import { ScopeList } from "./scope-list";

/** Who is left out, each as a chip that can be taken away. */
export function ExceptField() {
  const { draft, put, names } = useEditing();
  const [open, setOpen] = useState(false);
  const known = new Set(draft.except.map(scopeKey));
  const agents = draft.except.find((scope) => scope.kind === "agents") ?? null;
  return (
    <div className="flex flex-wrap items-center gap-1.5">
      {draft.except.map((scope) => {
        const words = exceptWords([scope], names);
        return (
          <FilterChip
            key={scopeKey(scope)}
            name={`except ${words}`}
            onRemove={() => put({ except: draft.except.filter((one) => one !== scope) })}
          >
            <b>{words}</b>
          </FilterChip>
        );
      })}
      <Popover open={open} onOpenChange={setOpen}>
        <PopoverTrigger asChild>
          <Button>
            <Plus aria-hidden="true" />
            Leave somebody out
          </Button>
        </PopoverTrigger>
        <PopoverContent aria-label="Who is left out" className="w-[min(340px,calc(100vw-24px))] p-0">
          <ScopeList
            label="Who is left out"
            scope={agents}
            withAll={false}
            onPick={(scope) => {
              if (known.has(scopeKey(scope))) return;
              const others =
                scope.kind === "agents" ? draft.except.filter(({ kind }) => kind !== "agents") : draft.except;
              put({ except: [...others, scope] });
            }}
            onDone={() => setOpen(false)}
          />
        </PopoverContent>
      </Popover>
    </div>
  );
}
