import type { roles } from "@/contracts/people/role";
import { letter, type Mail } from "@/platform/mail";
import type { InvitationRow } from "./find";

const may: Record<(typeof roles)[number], string> = {
  viewer: "see the board",
  operator: "see the board, restart and stop agents, and take care of alerts",
  admin: "do everything, people and settings included",
};

/** Where an invitation is accepted; its secret stands behind the `#`, which browsers keep to themselves. */
export const invitationLink = (consoleUrl: string, token: string) => `${consoleUrl}/invite#${token}`;

export function invitationLetter(row: InvitationRow, link: string): Mail {
  const until = row.expiresAt.toUTCString().replace(/:\d\d GMT$/, " UTC");
  return letter({
    to: row.email,
    subject: `${row.invitedBy.name} invites you to Mission Control`,
    paragraphs: [
      `${row.invitedBy.name} invites you to Mission Control, the live board of a fleet of AI agents.`,
      `As ${row.role} you may ${may[row.role]}. The link works once, until ${until}.`,
    ],
    link: { words: "Choose a password and come in", url: link },
    foot: "You did not expect this? Then do nothing: without the link nobody comes in.",
  });
}
