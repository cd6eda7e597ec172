import Link from "next/link";
import { Button } from "../../primitives/button";
import { AuthFrame } from "../auth-frame";

/** The same page for a link that is wrong, used, expired, revoked or replaced: what to do is the same. */
export function InvitationGone() {
  return (
    <AuthFrame
      title="This invitation opens nothing"
      lead="It was used already, has expired, was taken back or sent again, or the link is not whole."
      note="The link is in the newest mail only: each time an invitation is sent, the one before it is void."
    >
      <p className="mb-4 text-muted-foreground">Ask whoever invited you to send it again.</p>
      <Button size="lg" asChild className="h-10 w-full">
        <Link href="/login">I have an account: sign in</Link>
      </Button>
    </AuthFrame>
  );
}
