/** The part of `Out` that judges an address when it is saved, for tests that are about something else. */
export const anyAddress = { refusal: () => null };
