"use client";

import { useMemo } from "react";
import { usePeople } from "../../live/hooks";
import { useMe } from "../../people/me";
import { AvatarStack } from "../../primitives/avatar";
import { listWords } from "../words/list-words";

/** Who else looks at this alert now: two people need not do the same thing. */
export function Lookers({ alertId }: { alertId: string }) {
  const people = usePeople();
  const me = useMe();
  const others = useMemo(() => {
    const here = people.filter(({ id, at }) => at === `/alerts/${alertId}` && id !== me?.id);
    return [...new Map(here.map((person) => [person.id, person])).values()];
  }, [people, me, alertId]);
  if (others.length === 0) return null;
  const names = listWords(others.map(({ name }) => name));
  return (
    <span className="ml-auto flex items-center gap-1.5 text-muted-foreground text-xs">
      <AvatarStack people={others} max={3} label={`Looking too: ${names}`} />
      {names} {others.length === 1 ? "looks" : "look"} too
    </span>
  );
}
