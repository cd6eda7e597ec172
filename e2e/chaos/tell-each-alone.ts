import type { AlertPolicy, StoredPolicy } from "@/contracts/watch/policy";
import type { Api } from "../api";

/**
 * One message an agent, at once: many messages for every channel. Only silence is told of: hosts and outages would
 * speak for their agents, which is not what such a test is about.
 */
export async function tellEachAlone(api: Api): Promise<void> {
  const { version, policy } = await api.call<StoredPolicy>("GET", "/v1/alert-policy");
  const root = { ...policy.root, groupBy: ["agent"], waitMs: 0, intervalMs: 1_000, routes: [] };
  const changed: AlertPolicy = { root, inhibitions: [] };
  await api.call("PUT", "/v1/alert-policy", { version, policy: changed });
  const rules = await api.call<{ items: { id: string; condition: { kind: string } }[] }>("GET", "/v1/rules");
  for (const { id, condition } of rules.items) {
    if (condition.kind !== "offline") await api.call("PATCH", `/v1/rules/${id}`, { enabled: false });
  }
}
