"use client";

import type { SecondFactorMethod } from "@/contracts/people/second-factor";
import { trpc } from "../../api/trpc";
import { PasskeyProof } from "../passkeys/passkey-proof";
import { OtherWays } from "./other-ways";
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
          autoFocus={!byCode}
          ask={() => ask.mutateAsync({ ticket })}
          finish={(passkey) => finish.mutateAsync({ ticket, passkey })}
          onShown={onDone}
        />
      ) : null}
      {byCode ? (
        <SecondFactorForm ticket={ticket} onDone={onDone} onOver={onOver} />
      ) : (
        <OtherWays lost="Passkey lost?" onBack={() => onOver(null)} />
      )}
    </div>
  );
}
