import type { SightOf } from "./agent-kinds";

/** The agent runs with another configuration than it was given, or refused it; the fact says which. */
export const sightOfConfigDrift: SightOf<"config-drift"> = ({ kind, at, reason }) => {
  if (kind === "agent.config_drifted") {
    return { truth: "bad", since: at, summary: reason ?? "Its configuration is not the one it was given" };
  }
  if (kind !== "agent.config_settled") return null;
  return { truth: "good", since: at, summary: "It runs with the configuration that it was given" };
};
