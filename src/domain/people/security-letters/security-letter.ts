import type { Fact } from "@/contracts/facts";
import { letter, type Mail } from "@/platform/mail";
import { type Happening, inUtc } from "./happening";

/** A letter about one fact, to one address of the person. Nothing in it is a secret: mail is read by many. */
export function securityLetter(
  { to, name }: { to: string; name: string },
  fact: Fact,
  { subject, sentence }: Happening,
  consoleUrl: string,
): Mail {
  return letter({
    to,
    subject,
    paragraphs: [
      `Hello ${name},`,
      `${sentence}.`,
      `When: ${inUtc(fact.at)}. Where: ${placeOf(fact)}. By: ${doerOf(fact)}.`,
      "If you know of this, there is nothing to do.",
    ],
    link: { words: "Look at your sessions", url: `${consoleUrl}/settings/sessions` },
    foot: "It was not you, and nobody told you of it? Sign out everywhere else, change your password at once, and tell an admin.",
  });
}

/** The network address that it came from. What is done on the server's machine has none. */
function placeOf({ data, kind }: Fact): string {
  const ip = typeof data?.ip === "string" ? data.ip : null;
  if (!ip) return "not known";
  return kind === "security.device_approved" ? `the program asks from ${ip}` : ip;
}

/** Names of people who did it, so that somebody who is surprised knows whom to ask. */
function doerOf({ actor, target }: Fact): string {
  if (actor.kind === "anonymous") return "somebody who was not signed in";
  if (actor.kind === "user" && actor.id === target?.id) return "somebody signed in as you";
  if (actor.kind === "token") return `the API token “${actor.name}”`;
  return actor.name;
}
