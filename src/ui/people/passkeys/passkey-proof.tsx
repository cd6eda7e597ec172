"use client";

import { Fingerprint } from "lucide-react";
import { useState } from "react";
import type { PasskeyRequest } from "@/contracts/people/passkey";
import { refusalOf } from "../../api/refusal";
import { Button, type ButtonProps } from "../../primitives/button";
import { FormAlert } from "../form-alert";
import { type ShownPasskey, showPasskey } from "./ceremony";
import { ceremonyFailure } from "./ceremony-failure";

/** A button that shows a passkey as the second factor; what goes wrong stands under it. */
export function PasskeyProof({
  ask,
  finish,
  onShown,
  variant = "outline",
  autoFocus = false,
}: {
  /** Gets the server's question. */
  ask: () => Promise<PasskeyRequest>;
  /** Hands the answer to the server; rejects when it does not hold. */
  finish: (shown: ShownPasskey) => Promise<unknown>;
  onShown: () => void;
  variant?: ButtonProps["variant"];
  /** Where it is the only way: one press of Enter is enough. */
  autoFocus?: boolean;
}) {
  const [failure, setFailure] = useState<string>();
  const [busy, setBusy] = useState(false);
  const show = async () => {
    setFailure(undefined);
    setBusy(true);
    try {
      await finish(await showPasskey(await ask()));
      onShown();
    } catch (error) {
      setBusy(false);
      setFailure(ceremonyFailure(error) ?? refusalOf(error).message);
    }
  };
  return (
    <div className="grid gap-3.5">
      <Button
        variant={variant}
        size="lg"
        className="h-10 w-full"
        busy={busy}
        onClick={show}
        autoFocus={autoFocus}
      >
        <Fingerprint aria-hidden="true" />
        Use a passkey
      </Button>
      <FormAlert message={failure} />
    </div>
  );
}
