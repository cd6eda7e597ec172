import { agentStatusSchema, watchedStatuses } from "@/contracts/fleet/status";
import type { Topics } from "@/contracts/signals";
import type { Bus } from "@/platform/bus";
import type { LiveBeats } from "./live-beats";

/** Keeps `live` current from the bus: beats are signs of life, facts say who is expected and who no longer is. */
export function followLife(bus: Bus<Topics>, live: LiveBeats): () => void {
  const stopBeats = bus.subscribe("beats", (beats) => live.take(beats));
  const stopFacts = bus.subscribe("facts", (facts) => {
    for (const fact of facts) {
      if (fact.target?.kind !== "agent") continue;
      const agentId = fact.target.id;
      const status = agentStatusSchema.safeParse(fact.after?.status);
      if (fact.kind === "agent.removed") live.forget(agentId);
      else if (fact.kind === "agent.connected" || fact.kind === "agent.came_online") {
        live.touch(agentId, fact.account);
      } else if (status.success && !watchedStatuses.includes(status.data)) live.forget(agentId);
    }
  });
  return () => {
    stopBeats();
    stopFacts();
  };
}
