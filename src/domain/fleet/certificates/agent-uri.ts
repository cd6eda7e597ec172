const prefix = "mc:agent:";

/** How a certificate names the agent that it is for, as a URI among its alternative names. */
export const agentUri = (agentId: string): string => prefix + agentId;

/** The agent's id, when the URI names one. */
export const agentOfUri = (uri: string): string | null =>
  uri.startsWith(prefix) ? uri.slice(prefix.length) : null;
