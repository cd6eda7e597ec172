"use client";

import { useMemo } from "react";
import type { RuleScope } from "@/contracts/watch/rule";
import { useLive, useLiveValue } from "../../live/live-context";
import { scopeKey } from "./rule-words";

/** What a rule can watch: everything, each group and each tag of the fleet, and what it watches already. */
export function useScopes(current: RuleScope): RuleScope[] {
  const { store } = useLive();
  const version = useLiveValue("order", ({ versions }) => versions.order);
  return useMemo(() => {
    const groups = new Set<string>();
    const tags = new Set<string>();
    // `version` counts up when groups or tags of an agent change; the picture itself is changed in place.
    if (version >= 0) {
      for (const { group, tags: own } of store.picture.agents.values()) {
        if (group) groups.add(group);
        for (const tag of own) tags.add(tag);
      }
    }
    const scopes: RuleScope[] = [
      { kind: "all" },
      ...[...groups].sort().map((group) => ({ kind: "group" as const, group })),
      ...[...tags].sort().map((tag) => ({ kind: "tag" as const, tag })),
    ];
    return scopes.some((scope) => scopeKey(scope) === scopeKey(current)) ? scopes : [...scopes, current];
  }, [store, version, current]);
}
