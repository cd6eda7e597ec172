const earliestMs = Date.UTC(1970, 0, 1);
const latestMs = Date.UTC(9999, 11, 31);

/**
 * A moment of an agent's own clock as one that the database can hold. Such clocks err by years, and a program may
 * send any number: what lies outside the years that have four digits is taken as `receivedAt`.
 */
export function reportedMoment(ms: number, receivedAt: Date): Date {
  return ms >= earliestMs && ms <= latestMs ? new Date(Math.round(ms)) : receivedAt;
}
