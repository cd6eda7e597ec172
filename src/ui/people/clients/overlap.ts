/** How long an old secret stays good after a rotation, for a LifetimeField. */
export const overlaps = [
  ["until-used", "until the new one is used"],
  ["60", "an hour more"],
  ["1440", "a day more"],
  ["10080", "a week more"],
  ["0", "not at all: it is known to others"],
] as const;

/** The choice as the server takes it. */
export const overlapOf = (choice: string): { overlapMinutes?: number } =>
  choice === "until-used" ? {} : { overlapMinutes: Number(choice) };
