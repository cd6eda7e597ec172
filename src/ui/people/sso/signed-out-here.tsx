import { LogOut } from "lucide-react";
import { Alert } from "../../primitives/alert";
import { Button } from "../../primitives/button";

/** `reason` of the sign-in page after somebody who had come by single sign-on signed out. */
export const signedOutHere = "signed-out-here";

/**
 * Whoever came by the identity provider is still signed in there, and on a shared machine the next one comes in as
 * them. The way out is offered only: it ends the sign-in to everything else as well.
 */
export function SignedOutHere() {
  return (
    <Alert
      className="mb-5"
      icon={<LogOut aria-hidden="true" />}
      actions={
        <Button asChild>
          <a href="/auth/sso/logout">Sign out there too</a>
        </Button>
      }
    >
      You are signed out here. At the identity provider you are still signed in.
    </Alert>
  );
}
