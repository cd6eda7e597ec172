"use client";

import Link from "next/link";
import { useState } from "react";
import { Button } from "../../primitives/button";
import { AuthFrame } from "../auth-frame";
import { forgetLinkToken, useLinkToken } from "../link-token";
import { ResetForm } from "./reset-form";

/** Where a mailed link leads: a new password, then to signing in. */
export function Reset() {
  const token = useLinkToken();
  const [state, setState] = useState<"open" | "done" | "gone">("open");
  if (state === "done") {
    return (
      <AuthFrame title="Your password is changed" lead="Every session of yours has ended.">
        <Button variant="primary" size="lg" asChild className="h-10 w-full">
          <Link href="/login">Sign in with it</Link>
        </Button>
      </AuthFrame>
    );
  }
  if (state === "gone" || token === null) {
    return (
      <AuthFrame
        title="This link works no more"
        lead="It was used, is older than 30 minutes, or is not whole. Your password is as it was."
      >
        <Button variant="primary" size="lg" asChild className="h-10 w-full">
          <Link href="/forgot">Ask for a new link</Link>
        </Button>
      </AuthFrame>
    );
  }
  return (
    <AuthFrame
      title="Choose a new password"
      lead="It ends every session of yours, wherever it is."
      note="A second factor stays on: you are asked for it when you sign in."
    >
      <ResetForm
        key={token}
        token={token}
        onDone={() => {
          forgetLinkToken();
          setState("done");
        }}
        onGone={() => setState("gone")}
      />
    </AuthFrame>
  );
}
