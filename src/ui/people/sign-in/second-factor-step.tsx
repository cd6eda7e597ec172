"use client";

import type { SecondFactorMethod } from "@/contracts/people/second-factor";
import { trpc } from "../../api/trpc";
import type { ShownPasskey } from "../passkeys/ceremony";
import { PasskeyProof } from "../passkeys/passkey-proof";
import { OtherWays } from "./other-ways";
import { SecondFactorForm } from "./second-factor-form";

/** A sign-in whose password was right: how it may be finished, and the ticket that stands for it. */
export interface WaitingSignIn {
  ticket: string;
  methods: readonly SecondFactorMethod[];
}

/** A second factor as the person showed it. */
export type ShownProof = { code: string } | { passkey: ShownPasskey };

/** The second half of signing in: a passkey, the code of the app, or either. */
export function SecondFactorStep({
  waiting: { ticket, methods },
  finishBy,
  onDone,
  onOver,
}: {
  waiting: WaitingSignIn;
  /** What the proof finishes; left out: the sign-in of the ticket. */
  finishBy?: (proof: ShownProof) => Promise<unknown>;
  onDone: () => void;
  onOver: (why: string | null) => void;
}) {
  const ask = trpc.secondFactor.askPasskey.useMutation();
  const finish = trpc.secondFactor.finishLogin.useMutation();
  const send = finishBy ?? ((proof: ShownProof) => finish.mutateAsync({ ticket, ...proof }));
  const byCode = methods.includes("totp");
  return (
    <div className="grid gap-5">
      {methods.includes("passkey") ? (
        <PasskeyProof
          variant={byCode ? "outline" : "primary"}
          autoFocus={!byCode}
          ask={() => ask.mutateAsync({ ticket })}
          finish={(passkey) => send({ passkey })}
          onShown={onDone}
        />
      ) : null}
      {byCode ? (
        <SecondFactorForm send={(code) => send({ code })} onDone={onDone} onOver={onOver} />
      ) : (
        <OtherWays lost="Passkey lost?" onBack={() => onOver(null)} />
      )}
    </div>
  );
}
