import { type AlertPolicy, defaultRouteTimes, type Route } from "@/contracts/watch/policy";

const inherited: Omit<Route, "id" | "name" | "matchers"> = {
  continue: false,
  channelIds: [],
  groupBy: null,
  waitMs: null,
  intervalMs: null,
  repeatMs: null,
  quiet: [],
  escalation: null,
  routes: [],
};

/**
 * Who is told from the start: everybody, everything, a rule's alerts together; what is critical at once. An outage of
 * all and a host that is down speak for the agents under them.
 */
export const defaultPolicy: AlertPolicy = {
  root: {
    ...inherited,
    ...defaultRouteTimes,
    id: "root",
    name: "Everything",
    matchers: [],
    groupBy: ["rule"],
    escalation: [],
    routes: [
      {
        ...inherited,
        id: "critical",
        name: "Critical",
        matchers: [{ label: "severity", op: "=", value: "critical" }],
        waitMs: 0,
        intervalMs: 30_000,
      },
    ],
  },
  inhibitions: [
    {
      id: "outage",
      name: "An outage speaks for its agents",
      source: [{ label: "kind", op: "=", value: "outage" }],
      target: [{ label: "kind", op: "=~", value: "offline|no-heartbeat|host-down" }],
      equal: [],
      enabled: true,
    },
    {
      id: "host-down",
      name: "A host that is down speaks for its agents",
      source: [{ label: "kind", op: "=", value: "host-down" }],
      target: [{ label: "kind", op: "=~", value: "offline|no-heartbeat" }],
      equal: ["host"],
      enabled: true,
    },
  ],
};
