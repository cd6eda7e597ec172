"use client";

import { Check } from "lucide-react";
import { useMemo, useState } from "react";
import type { RuleScope } from "@/contracts/watch/rule";
import { useAgents } from "../../../live/use-agents";
import {
  Command,
  CommandEmpty,
  CommandGroup,
  CommandInput,
  CommandItem,
  CommandList,
} from "../../../primitives/command";
import { scopeKey } from "../words/scope-words";

/** Agents in the list at once: with more, one types a part of the name. */
const agentsShown = 40;

/**
 * Whom a rule watches or leaves out: everything, a group, a tag, or agents by name. Groups and tags are picked once;
 * agents one after the other.
 */
export function ScopeList({
  label,
  scope,
  withAll = true,
  onPick,
  onDone,
}: {
  label: string;
  scope: RuleScope | null;
  withAll?: boolean;
  onPick: (scope: RuleScope) => void;
  onDone: () => void;
}) {
  const [typed, setTyped] = useState("");
  const agents = useAgents("order");
  const groups = useMemo(() => unique(agents.flatMap(({ group }) => group ?? [])), [agents]);
  const tags = useMemo(() => unique(agents.flatMap(({ tags: own }) => own)), [agents]);
  const chosen = scope?.kind === "agents" ? scope.agentIds : [];
  const shownAgents = useMemo(() => {
    const part = typed.trim().toLowerCase();
    const fit = agents.filter(({ name }) => name.toLowerCase().includes(part));
    return fit.sort((one, other) => one.name.localeCompare(other.name)).slice(0, agentsShown);
  }, [agents, typed]);
  const take = (next: RuleScope) => {
    onPick(next);
    onDone();
  };
  const toggle = (id: string) => {
    const ids = chosen.includes(id) ? chosen.filter((known) => known !== id) : [...chosen, id];
    if (ids.length > 0) onPick({ kind: "agents", agentIds: ids });
    else if (withAll) onPick({ kind: "all" });
  };
  const key = scope ? scopeKey(scope) : "";
  const choice = (next: RuleScope, words: string) => (
    <CommandItem
      key={scopeKey(next)}
      value={`${scopeKey(next)} `}
      keywords={[words]}
      onSelect={() => take(next)}
    >
      <span className="cut flex-1">{words}</span>
      {scopeKey(next) === key ? <Check aria-label="chosen" /> : null}
    </CommandItem>
  );
  return (
    <Command label={label}>
      <CommandInput placeholder="Group, tag or agent" value={typed} onValueChange={setTyped} />
      <CommandList>
        <CommandEmpty>No group, tag or agent is called so.</CommandEmpty>
        {withAll ? choice({ kind: "all" }, "any agent, also later ones") : null}
        {groups.length > 0 ? (
          <CommandGroup heading="Agents of a group">
            {groups.map((group) => choice({ kind: "group", group }, group))}
          </CommandGroup>
        ) : null}
        {tags.length > 0 ? (
          <CommandGroup heading="Agents with a tag">
            {tags.map((tag) => choice({ kind: "tag", tag }, tag))}
          </CommandGroup>
        ) : null}
        {shownAgents.length > 0 ? (
          <CommandGroup heading="Certain agents">
            {shownAgents.map(({ id, name }) => (
              <CommandItem key={id} value={`agent:${id}`} keywords={[name]} onSelect={() => toggle(id)}>
                <span className="cut flex-1">{name}</span>
                {chosen.includes(id) ? <Check aria-label="chosen" /> : null}
              </CommandItem>
            ))}
          </CommandGroup>
        ) : null}
      </CommandList>
    </Command>
  );
}

const unique = (names: readonly string[]) =>
  [...new Set(names)].sort((one, other) => one.localeCompare(other));
