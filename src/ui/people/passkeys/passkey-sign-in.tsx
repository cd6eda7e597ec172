"use client";

import { Fingerprint } from "lucide-react";
import { useState } from "react";
import { refusalOf } from "../../api/refusal";
import { trpc } from "../../api/trpc";
import { Button } from "../../primitives/button";
import { FormAlert } from "../form-alert";
import { showPasskey } from "./ceremony";
import { ceremonyFailure } from "./ceremony-failure";
import { useFieldOffer } from "./field-offer";
import { usePasskeysPossible } from "./passkeys-possible";

/**
 * Signing in by a passkey, under the password form: by a button, and among the names that the browser offers in the
 * e-mail field. Where passkeys can't work there is nothing.
 */
export function PasskeySignIn({ onDone }: { onDone: () => void }) {
  const possible = usePasskeysPossible();
  return possible ? <Offer onDone={onDone} /> : null;
}

function Offer({ onDone }: { onDone: () => void }) {
  const begin = trpc.passkeys.beginSignIn.useMutation();
  const finish = trpc.passkeys.finishSignIn.useMutation();
  const [failure, setFailure] = useState<string>();
  const [busy, setBusy] = useState(false);

  const open = async (ask: () => ReturnType<typeof showPasskey>) => {
    setFailure(undefined);
    setBusy(true);
    try {
      await finish.mutateAsync(await ask());
      onDone();
    } catch (error) {
      setBusy(false);
      setFailure(ceremonyFailure(error) ?? refusalOf(error).message);
    }
  };
  useFieldOffer({
    paused: busy,
    begin: () => begin.mutateAsync({}),
    onShown: (shown) => open(() => Promise.resolve(shown)),
  });

  return (
    <div className="mt-5 grid gap-3.5 border-t pt-5">
      <Button
        size="lg"
        className="h-10 w-full"
        busy={busy}
        onClick={() => open(async () => showPasskey(await begin.mutateAsync({})))}
      >
        <Fingerprint aria-hidden="true" />
        Sign in with a passkey
      </Button>
      <FormAlert message={failure} />
    </div>
  );
}
