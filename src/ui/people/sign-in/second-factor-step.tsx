"use client";

import type { SecondFactorMethod } from "@/contracts/people/second-factor";
import { trpc } from "../../api/trpc";
import { Button } from "../../primitives/button";
import { PasskeyProof } from "../passkeys/passkey-proof";
import { SecondFactorForm } from "./second-factor-form";

/** A sign-in whose password was right: how it may be finished, and the ticket that stands for it. */
export interface WaitingSignIn {
  ticket: string;
  methods: readonly SecondFactorMethod[];
}

/** The second half of signing in: a passkey, the code of the app, or either. */
export function SecondFactorStep({
  waiting: { ticket, methods },
  onDone,
  onOver,
}: {
  waiting: WaitingSignIn;
  onDone: () => void;
  onOver: (why: string | null) => void;
}) {
  const ask = trpc.secondFactor.askPasskey.useMutation();
  const finish = trpc.secondFactor.finishLogin.useMutation();
  const byCode = methods.includes("totp");
  return (
    <div className="grid gap-5">
      {methods.includes("passkey") ? (
        <PasskeyProof
          variant={byCode ? "outline" : "primary"}
          ask={() => ask.mutateAsync({ ticket })}
          finish={(passkey) => finish.mutateAsync({ ticket, passkey })}
          onShown={onDone}
        />
      ) : null}
      {byCode ? (
        <SecondFactorForm ticket={ticket} onDone={onDone} onOver={onOver} />
      ) : (
        <div className="flex justify-between gap-4 text-sm">
          <Button variant="ghost" onClick={() => onOver(null)}>
            Back
          </Button>
          <Button variant="ghost" asChild>
            <a href="/recover">Passkey lost?</a>
          </Button>
        </div>
      )}
    </div>
  );
}
