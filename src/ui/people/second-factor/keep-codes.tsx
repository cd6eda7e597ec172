"use client";

import { Button } from "../../primitives/button";
import { AuthFrame } from "../auth-frame";
import { RecoveryCodes } from "./recovery-codes";

/** The codes of an account that was just made. The board opens by one's own word only: they are never shown again. */
export function KeepCodes({ codes }: { codes: readonly string[] }) {
  return (
    <AuthFrame title="Your recovery codes" lead="Your account is made. Keep these before you go on.">
      <RecoveryCodes codes={codes} />
      <Button
        variant="primary"
        size="lg"
        className="mt-6 h-10 w-full"
        onClick={() => window.location.assign("/")}
      >
        I have kept them, open the board
      </Button>
    </AuthFrame>
  );
}
