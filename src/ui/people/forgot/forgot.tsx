"use client";

import { MailCheck, MailX } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { Alert } from "../../primitives/alert";
import { Button } from "../../primitives/button";
import { AuthFrame } from "../auth-frame";
import { ForgotForm } from "./forgot-form";

/** For who can't sign in: asks for the address, and never tells whether it is known. */
export function Forgot({ mailOn }: { mailOn: boolean }) {
  const [sentTo, setSentTo] = useState<string | null>(null);
  const back = (
    <Button size="lg" asChild className="mt-4 h-10 w-full">
      <Link href="/login">Back to sign in</Link>
    </Button>
  );
  if (!mailOn) {
    return (
      <AuthFrame title="Forgotten password" lead="This Mission Control sends no mail.">
        <Alert icon={<MailX aria-hidden="true" />}>
          Ask an admin to set a new password for you. An admin who is locked out sets one on the server's
          machine: <code className="mono">mc users reset-password</code>
        </Alert>
        {back}
      </AuthFrame>
    );
  }
  if (sentTo !== null) {
    return (
      <AuthFrame title="Look into your mail" lead="The link works once, within 30 minutes.">
        <Alert role="status" icon={<MailCheck aria-hidden="true" />}>
          If <b>{sentTo}</b> has an account with a password here, a link is on its way. Nothing after some
          minutes? Look into the spam folder, check the address, or ask an admin.
        </Alert>
        {back}
      </AuthFrame>
    );
  }
  return (
    <AuthFrame
      title="Forgotten password"
      lead="A link that sets a new one comes by mail."
      note="Your password stays as it is until the link is used. A second factor stays on."
    >
      <ForgotForm onSent={setSentTo} />
      {back}
    </AuthFrame>
  );
}
