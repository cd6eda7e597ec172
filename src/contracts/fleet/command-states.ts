/** Apart from the schemas, which bring zod: the board tells open commands by these before anything is validated. */
export const commandStates = [
  "awaiting-approval",
  "queued",
  "sent",
  "acknowledged",
  "running",
  "succeeded",
  "failed",
  "expired",
  "cancelled",
] as const;

/** States in which the command stands in the way of another one on the same agent. */
export const openCommandStates: readonly (typeof commandStates)[number][] = [
  "awaiting-approval",
  "queued",
  "sent",
  "acknowledged",
  "running",
];
