"use client";

import { Button } from "../../primitives/button";
import { AuthFrame } from "../auth-frame";
import { RecoveryCodes } from "./recovery-codes";

/**
 * The codes of an account that was just made. The next page opens by one's own word only: they are never shown again.
 * `first`: this is the first owner, who has the first steps before them.
 */
export function KeepCodes({ codes, first = false }: { codes: readonly string[]; first?: boolean }) {
  return (
    <AuthFrame title="Your recovery codes" lead="Your account is made. Keep these before you go on.">
      <RecoveryCodes codes={codes} />
      <Button
        variant="primary"
        size="lg"
        className="mt-6 h-10 w-full"
        onClick={() => window.location.assign(first ? "/settings/first-steps" : "/")}
      >
        I have kept them, {first ? "go on" : "open the board"}
      </Button>
    </AuthFrame>
  );
}
