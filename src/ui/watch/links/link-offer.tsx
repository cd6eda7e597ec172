"use client";

import { useEffect, useState } from "react";
import type { SeenAlertLink } from "@/contracts/watch/alert-link";
import { AuthFrame } from "../../people/auth-frame";
import { FormAlert } from "../../people/form-alert";
import { Button } from "../../primitives/button";
import { actWords } from "./act-words";
import { LinkAlert } from "./link-alert";
import { OpenInConsole } from "./open-in-console";

/** What the button would do, to which alert, and as whom; nothing has been done yet. */
export function LinkOffer({
  seen,
  busy,
  fault,
  onPress,
}: {
  seen: SeenAlertLink;
  busy: boolean;
  fault: string | undefined;
  onPress: () => void;
}) {
  const [awake, setAwake] = useState(false);
  useEffect(() => setAwake(true), []);
  const words = actWords[seen.act];
  return (
    <AuthFrame
      title={words.ask}
      lead={words.means}
      note={
        <>
          Written down as{" "}
          <b className="font-strong text-foreground [overflow-wrap:anywhere]">{seen.actsAs}</b>.
        </>
      }
    >
      <div className="grid gap-4">
        <LinkAlert seen={seen} />
        <FormAlert message={fault} />
        <div className="grid gap-2">
          <Button variant="primary" size="touch" busy={busy} disabled={!awake} onClick={onPress}>
            {words.button}
          </Button>
          <OpenInConsole alertId={seen.alert.id} />
        </div>
      </div>
    </AuthFrame>
  );
}
