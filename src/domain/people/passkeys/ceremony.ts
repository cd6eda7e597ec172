/** Time to touch the key, in the browser and for the challenge. */
export const ceremonyMs = 5 * 60_000;
