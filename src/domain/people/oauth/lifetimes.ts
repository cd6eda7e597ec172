/** How long an access token opens something. Short: it can't be taken back one by one. */
export const accessTokenMs = 10 * 60_000;
/** Clocks of two machines may differ by so much. */
export const clockToleranceMs = 30_000;
/** A refresh token that nobody used for so long is over; each use gives a new one. */
export const refreshTokenMs = 30 * 86_400_000;
/** Time to type the code of a device. */
export const deviceGrantMs = 15 * 60_000;
/** Least time between two questions of a device; each that comes too soon makes it longer by as much. */
export const pollEveryMs = 5_000;
/** A key signs for so long, then a fresh one takes its place. */
export const signingKeyMs = 90 * 86_400_000;
