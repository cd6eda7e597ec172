import type { Alert } from "@/contracts/watch/alert";
import type { AlertsQuery } from "@/contracts/watch/alert-list";
import { type Severity, severities } from "@/contracts/watch/rule";

/** What the alerts page shows, as it stands in the address: a view can be sent to somebody. */
export interface AlertFilter {
  state: "firing" | "resolved";
  severity: Severity | null;
  group: string | null;
  /** Assigned to the person who looks, or acknowledged by them. */
  mine: boolean;
  /** Nobody has acknowledged it. */
  unowned: boolean;
  text: string;
}

export const wholeList: AlertFilter = {
  state: "firing",
  severity: null,
  group: null,
  mine: false,
  unowned: false,
  text: "",
};

/** Reads an address; what does not make sense is left out. */
export function alertFilterFrom(params: Pick<URLSearchParams, "get">): AlertFilter {
  return {
    state: params.get("state") === "resolved" ? "resolved" : "firing",
    severity: severities.find((severity) => severity === params.get("severity")) ?? null,
    group: params.get("group")?.slice(0, 120) || null,
    mine: params.get("mine") === "1",
    unowned: params.get("unowned") === "1",
    text: params.get("q")?.slice(0, 100) ?? "",
  };
}

/** "?severity=critical&unowned=1", "" for everything that fires. */
export function alertFilterAddress(filter: AlertFilter): string {
  const params = new URLSearchParams();
  if (filter.state === "resolved") params.set("state", "resolved");
  if (filter.severity) params.set("severity", filter.severity);
  if (filter.group) params.set("group", filter.group);
  if (filter.mine) params.set("mine", "1");
  if (filter.unowned) params.set("unowned", "1");
  if (filter.text) params.set("q", filter.text);
  const query = params.toString();
  return query ? `?${query}` : "";
}

/** Whether anything but the state narrows the list. */
export function isNarrowed(filter: AlertFilter): boolean {
  return alertFilterAddress({ ...filter, state: "firing" }) !== "";
}

/** Whether an alert that fires belongs into the list. Two people of one name are told apart by the assignment only. */
export function fitsFilter(
  alert: Alert,
  filter: AlertFilter,
  me: { id: string; name: string } | null,
): boolean {
  if (filter.severity && alert.severity !== filter.severity) return false;
  if (filter.group && alert.group !== filter.group) return false;
  if (filter.unowned && alert.acknowledgedAt !== null) return false;
  if (filter.mine && !(me && (alert.assignedTo?.id === me.id || alert.acknowledgedBy === me.name)))
    return false;
  const text = filter.text.trim().toLocaleLowerCase();
  if (text === "") return true;
  const heard = [alert.subject.name, alert.ruleName, alert.group, alert.host, alert.summary];
  return heard.some((words) => words?.toLocaleLowerCase().includes(text));
}

/** The same as a question to the server, for what is over. */
export function filterQuery(filter: AlertFilter): Partial<AlertsQuery> {
  return {
    ...(filter.severity ? { severity: filter.severity } : {}),
    ...(filter.group ? { group: filter.group } : {}),
    ...(filter.unowned ? { acknowledged: false } : {}),
    ...(filter.mine ? { mine: true } : {}),
    ...(filter.text.trim() ? { q: filter.text.trim() } : {}),
  };
}
