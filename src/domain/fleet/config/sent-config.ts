/** The configuration that an agent is given with its welcome: none yet, so every agent has version 0. */
export const sentConfig: { version: number; body: unknown } = { version: 0, body: null };
