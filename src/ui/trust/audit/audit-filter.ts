import type { AuditQuery } from "@/contracts/trust/audit";

/** The parts of the log that people look for, each a beginning of kinds; every kind belongs to one of them. */
export const themes = [
  { label: "Agents", kind: "agent." },
  { label: "Commands", kind: "command." },
  { label: "Alerts", kind: "alert." },
  { label: "People", kind: "user." },
  { label: "Security", kind: "security." },
  { label: "Alert rules", kind: "rule." },
  { label: "Silences", kind: "silence." },
  { label: "Alert routes", kind: "policy." },
  { label: "Channels", kind: "channel." },
  { label: "Deliveries", kind: "notification." },
  { label: "Health of watching", kind: "monitoring." },
  { label: "Groups", kind: "group." },
  { label: "Join tokens", kind: "join_token." },
  { label: "Settings", kind: "setting." },
] as const;

/** Filter of the audit page, as it stands in the address: a view can be sent to somebody. Dates are days: 2026-03-12. */
export interface AuditFilter {
  kind?: string;
  actor?: string;
  from?: string;
  to?: string;
  q?: string;
}
const names = ["kind", "actor", "from", "to", "q"] as const;
const day = /^\d{4}-\d{2}-\d{2}$/;

/** Reads an address; what does not make sense is left out rather than refused by the server. */
export function readFilter(params: Pick<URLSearchParams, "get">): AuditFilter {
  const filter: AuditFilter = {};
  for (const name of names) {
    const value = params.get(name)?.trim();
    if (!value) continue;
    if ((name === "from" || name === "to") && !isDay(value)) continue;
    if (name === "kind" && !/^[a-z_]+\.[a-z_]*$/.test(value)) continue;
    filter[name] = value.slice(0, 200);
  }
  return filter;
}

/** The address of a filter: "?kind=user.&from=2026-03-12", "" for none. */
export function filterSearch(filter: AuditFilter): string {
  const params = new URLSearchParams();
  for (const name of names) if (filter[name]) params.set(name, filter[name]);
  const search = params.toString();
  return search ? `?${search}` : "";
}

/** As the server asks it: days become moments of the reader's own zone, `to` includes its whole day. */
export function filterQuery({ from, to, ...filter }: AuditFilter): Partial<AuditQuery> {
  return {
    ...filter,
    ...(from ? { from: startOf(from).toISOString() } : {}),
    ...(to ? { to: new Date(startOf(to, 1).getTime() - 1).toISOString() } : {}),
  };
}

function isDay(text: string): boolean {
  return day.test(text) && !Number.isNaN(Date.parse(text));
}

/** Midnight in the browser's zone, `daysLater` days on: by calendar, since a day may have 23 or 25 hours. */
function startOf(text: string, daysLater = 0): Date {
  const [year = 1970, month = 1, date = 1] = text.split("-").map(Number);
  return new Date(year, month - 1, date + daysLater);
}
