/** What ids in a rule are called. Whatever is not known (any more) is said so, never shown as an id. */
export interface Names {
  channels: readonly { id: string; name: string }[];
  agent(id: string): string | undefined;
}

export const noNames: Names = { channels: [], agent: () => undefined };
