"use client";

import { Unlink } from "lucide-react";
import Link from "next/link";
import { Alert } from "../../primitives/alert";
import { Button } from "../../primitives/button";
import { AuthFrame } from "../auth-frame";
import { useLinkToken } from "../link-token";
import { LinkForm } from "./link-form";

/** Where a sign-in by the identity provider ends when there is a local account of the same address already. */
export function LinkAccount() {
  const kept = useLinkToken();
  const params = new URLSearchParams(kept ?? "");
  const token = params.get("token");
  const email = params.get("email");

  return (
    <AuthFrame
      title="Is this account yours?"
      lead="There is an account with your address here already. Enter its password once, and both are one from now on."
      note="You have ten minutes. Your groups at the identity provider then decide your role. Every try is written to the audit log."
    >
      {token && email ? <LinkForm token={token} email={email} /> : null}
      {kept !== undefined && !(token && email) ? (
        <Alert
          icon={<Unlink aria-hidden="true" />}
          actions={
            <Button variant="primary" asChild>
              <Link href="/login">Sign in</Link>
            </Button>
          }
        >
          There is nothing to join: this page is reached by signing in.
        </Alert>
      ) : null}
    </AuthFrame>
  );
}
