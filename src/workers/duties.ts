/** What one server of all does, by the lease under which it does it, in the words in which pages say that nobody does. */
const duties = {
  stamp: "writing the audit log",
  sweep: "noticing silent agents",
  expire: "ending commands whose time is up",
  retain: "removing what is kept long enough",
  certificates: "telling of certificates and keys that end",
  rules: "judging alert rules",
  notify: "deciding who is told of alerts",
  deliver: "delivering messages",
  ping: "pinging the dead man's switch",
  letters: "sending security mail",
  sso: "checking sessions of single sign-on",
} as const;

export type Duty = keyof typeof duties;

/** The words of those that this server takes part in. */
export function wordsOfDuties(taken: Partial<Record<Duty, unknown>>): Map<string, string> {
  return new Map(Object.entries(duties).filter(([duty]) => duty in taken));
}
