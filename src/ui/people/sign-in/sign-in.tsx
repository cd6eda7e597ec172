"use client";

import { LogOut, UserRoundPlus } from "lucide-react";
import Link from "next/link";
import { useEffect, useState } from "react";
import { returnPath } from "@/contracts/people/return-path";
import { trpc } from "../../api/trpc";
import { Alert } from "../../primitives/alert";
import { Button } from "../../primitives/button";
import { AuthFrame } from "../auth-frame";
import { FormAlert } from "../form-alert";
import { PasskeySignIn } from "../passkeys/passkey-sign-in";
import { SignedOutHere, signedOutHere } from "../sso/signed-out-here";
import { SsoSignIn } from "../sso/sso-sign-in";
import { SecondFactorStep, type WaitingSignIn } from "./second-factor-step";
import { SignInForm } from "./sign-in-form";

/** Why the page before sent the person here, in words. */
const reasons: Record<string, string> = {
  expired: "You are not signed in, or your session ended. Sign in to go on where you were.",
  revoked: "Your session was ended, by you elsewhere or by an admin. Sign in again.",
  "sso-down":
    "The identity provider does not answer. Try again in a minute, or sign in with the password of your account here.",
  disabled: "This account was switched off by an admin. Ask one to switch it on again.",
};

/** The sign-in page. `to` is where the person wanted to go, `reason` why a page sent them here. */
export function SignIn({ to, reason }: { to: string | undefined; reason: string | undefined }) {
  const status = trpc.auth.status.useQuery({}, { staleTime: 0 });
  const goOn = () => window.location.assign(returnPath(to));
  const signedIn = Boolean(status.data?.user);
  useEffect(() => {
    // Somebody signed in in another tab, or came back with a session that still holds.
    if (signedIn) window.location.replace(returnPath(to));
  }, [signedIn, to]);
  const host = useHost();
  const [waiting, setWaiting] = useState<WaitingSignIn | null>(null);
  const [why, setWhy] = useState<string | null>(null);
  const again = (because: string | null) => {
    setWhy(because);
    setWaiting(null);
  };

  if (waiting) {
    return (
      <AuthFrame
        title="Show that it is you"
        lead="Your password is right. Now your second factor."
        note="Five wrong tries and you start again. Every try is written to the audit log."
      >
        <SecondFactorStep waiting={waiting} onDone={goOn} onOver={again} />
      </AuthFrame>
    );
  }

  return (
    <AuthFrame
      title="Sign in"
      lead={
        <>
          to <span className="mono font-medium text-foreground">{host}</span>
        </>
      }
      note="After five wrong tries you wait some minutes. Every try is written to the audit log."
    >
      {status.data?.setupNeeded ? (
        <Alert
          tone="hand"
          className="mb-5"
          icon={<UserRoundPlus aria-hidden="true" />}
          actions={
            <Button variant="primary" asChild>
              <Link href="/setup">Make the first owner</Link>
            </Button>
          }
        >
          Nobody has an account here yet.
        </Alert>
      ) : null}
      {reason && reasons[reason] ? (
        <Alert className="mb-5" icon={<LogOut aria-hidden="true" />}>
          {reasons[reason]}
        </Alert>
      ) : null}
      {reason === signedOutHere ? <SignedOutHere /> : null}
      <FormAlert message={why ?? undefined} className="mb-5" />
      {status.data?.sso ? <SsoSignIn kind={status.data.sso} to={to} /> : null}
      <SignInForm onDone={goOn} onTicket={setWaiting} />
      <PasskeySignIn onDone={goOn} />
    </AuthFrame>
  );
}

/** Known in the browser only: behind a proxy the server may see another name. */
function useHost(): string {
  const [host, setHost] = useState("Mission Control");
  useEffect(() => setHost(window.location.host), []);
  return host;
}
