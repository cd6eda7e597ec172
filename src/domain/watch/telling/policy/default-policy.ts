import { type AlertPolicy, defaultRouteTimes, plainRoute } from "@/contracts/watch/policy";

/**
 * Who is told from the start: everybody, everything, a rule's alerts together; what is critical at once. An outage and
 * a host that is down speak for the agents that their rules watch: that needs no words here, see `speaksFor`.
 */
export const defaultPolicy: AlertPolicy = {
  root: {
    ...plainRoute,
    ...defaultRouteTimes,
    id: "root",
    name: "Everything",
    groupBy: ["rule"],
    escalation: [],
    routes: [
      {
        ...plainRoute,
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
