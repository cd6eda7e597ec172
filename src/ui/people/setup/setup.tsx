"use client";

import Link from "next/link";
import { useEffect, useState } from "react";
import { trpc } from "../../api/trpc";
import { Button } from "../../primitives/button";
import { AuthFrame } from "../auth-frame";
import { KeepCodes } from "../second-factor/keep-codes";
import { OwnerForm } from "./owner-form";
import { SetupCodeForm } from "./setup-code-form";

/**
 * The first start: the code of the server's terminal opens the setup for this browser, then somebody becomes the first
 * owner, then the recovery codes are shown. Later it only points to signing in.
 */
export function Setup() {
  const status = trpc.auth.status.useQuery({}, { staleTime: 0 });
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const signedIn = Boolean(status.data?.user);
  useEffect(() => {
    if (signedIn && codes === null) window.location.replace("/");
  }, [signedIn, codes]);

  if (codes) return <KeepCodes codes={codes} first />;
  if (status.data && !status.data.setupNeeded) {
    return (
      <AuthFrame
        title="Already set up"
        lead="This Mission Control has its owner. The setup code works once only."
      >
        <Button variant="primary" size="lg" asChild className="h-10 w-full">
          <Link href="/login">Go to sign in</Link>
        </Button>
      </AuthFrame>
    );
  }
  if (status.data?.setupUntil) {
    return (
      <AuthFrame
        title="Make the first owner"
        lead="The code was right. Finish here, in this browser, within half an hour."
        note="The owner is an admin and adds everybody else."
      >
        <OwnerForm onDone={setCodes} onOver={() => void status.refetch()} />
      </AuthFrame>
    );
  }
  return (
    <AuthFrame
      title="Set up Mission Control"
      lead="The server printed a setup code when it started. It works once."
      note="No code left? Run mc setup-code on the server's machine."
    >
      <SetupCodeForm onDone={() => void status.refetch()} />
    </AuthFrame>
  );
}
