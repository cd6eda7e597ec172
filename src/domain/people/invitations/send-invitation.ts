import type { SentInvitation } from "@/contracts/people/invitation";
import type { Post } from "@/domain/people/password-resets";
import { type InvitationRow, invitationOf } from "./find";
import { invitationLetter, invitationLink } from "./invitation-letter";

/** After the commit: hands the link to the mail, which goes out behind the answer, and to whoever asked. */
export function sendInvitation(row: InvitationRow, token: string, post: Post): SentInvitation {
  const link = invitationLink(post.consoleUrl, token);
  const mailed = post.mailer.on && post.mailer.post(invitationLetter(row, link));
  return { ...invitationOf(row), link, mailed };
}
