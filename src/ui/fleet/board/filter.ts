import type { Agent } from "@/contracts/fleet/agent";
import { countKindOf } from "./counts-of";

/** What the board shows. It lives in the address, so that a view can be sent. */
export interface BoardFilter {
  /** Ids of `countKinds`; empty: all. */
  kinds: readonly string[];
  groups: readonly string[];
  tags: readonly string[];
  text: string;
}

export const noFilter: BoardFilter = { kinds: [], groups: [], tags: [], text: "" };
/** Agents without a group, in the address. */
export const noGroup = "(none)";

export function filterFromAddress(query: URLSearchParams): BoardFilter {
  return {
    kinds: query.getAll("status"),
    groups: query.getAll("group"),
    tags: query.getAll("tag"),
    text: query.get("q") ?? "",
  };
}

/** Query of an address, with its "?"; empty when nothing is filtered. */
export function filterToAddress(filter: BoardFilter): string {
  const query = new URLSearchParams();
  for (const kind of filter.kinds) query.append("status", kind);
  for (const group of filter.groups) query.append("group", group);
  for (const tag of filter.tags) query.append("tag", tag);
  if (filter.text) query.set("q", filter.text);
  const text = query.toString();
  return text ? `?${text}` : "";
}

export function isFiltered(filter: BoardFilter): boolean {
  return filterToAddress(filter) !== "";
}

/** In the list or out of it: what a toggle does. */
export function toggled(list: readonly string[], item: string): string[] {
  return list.includes(item) ? list.filter((other) => other !== item) : [...list, item];
}

/**
 * Whether an agent is shown. Within one field any choice fits, between fields all must; tags must all be there,
 * because a second tag is asked for to narrow down.
 */
export function matches(filter: BoardFilter, agent: Agent): boolean {
  const { kinds, groups, tags, text } = filter;
  if (kinds.length > 0 && !kinds.includes(countKindOf(agent))) return false;
  if (groups.length > 0 && !groups.includes(agent.group ?? noGroup)) return false;
  if (!tags.every((tag) => agent.tags.includes(tag))) return false;
  return text === "" || words(text).every((word) => isIn(agent, word));
}

function words(text: string): string[] {
  return text.toLowerCase().split(/\s+/u).filter(Boolean);
}

function isIn(agent: Agent, word: string): boolean {
  const places = [agent.name, agent.host, agent.sessionId, agent.group, agent.task, ...agent.tags];
  return places.some((place) => place?.toLowerCase().includes(word));
}
