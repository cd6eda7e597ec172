"use client";

import Link from "next/link";
import { useEffect } from "react";
import { trpc } from "../../api/trpc";
import { Button } from "../../primitives/button";
import { AuthFrame } from "../auth-frame";
import { SetupForm } from "./setup-form";

/** The first start: somebody at the server's terminal becomes the first owner. Later it only points to signing in. */
export function Setup() {
  const status = trpc.auth.status.useQuery({}, { staleTime: 0 });
  const signedIn = Boolean(status.data?.user);
  useEffect(() => {
    if (signedIn) window.location.replace("/");
  }, [signedIn]);

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
  return (
    <AuthFrame
      title="Make the first owner"
      lead="The server printed a setup code when it started. It works once."
      note="The owner is an admin and adds everybody else."
    >
      <SetupForm onDone={() => window.location.assign("/")} />
    </AuthFrame>
  );
}
