"use client";

import { ChevronRight, Fingerprint, type LucideIcon, Smartphone } from "lucide-react";
import { useState } from "react";
import { AddPasskeyDialog } from "../passkeys/add-passkey-dialog";
import { usePasskeysPossible } from "../passkeys/passkeys-possible";
import { EnrolApp } from "./enrol-app";

/** A passkey or an app: either is enough. Where passkeys can't work the app is begun at once. */
export function EnrolChoice({
  onDone,
}: {
  /** With the recovery codes, to be shown once; null: there are some already. */
  onDone: (codes: string[] | null) => void;
}) {
  const passkeysPossible = usePasskeysPossible();
  const [byApp, setByApp] = useState(false);
  const [addingPasskey, setAddingPasskey] = useState(false);
  if (passkeysPossible === undefined) return <div aria-busy="true" />;
  if (!passkeysPossible) return <EnrolApp onDone={onDone} />;
  if (byApp) return <EnrolApp onDone={onDone} cancel="Another way" onCancel={() => setByApp(false)} />;
  return (
    <div className="grid gap-2">
      <Way icon={Fingerprint} name="Passkey" onPick={() => setAddingPasskey(true)}>
        A finger, a face or a security key. Nobody can guess or phish it, and it signs you in without the
        password.
      </Way>
      <Way icon={Smartphone} name="Authenticator app" onPick={() => setByApp(true)}>
        Six digits that an app on your phone shows anew every half minute.
      </Way>
      <AddPasskeyDialog open={addingPasskey} onOpenChange={setAddingPasskey} onAdded={onDone} />
    </div>
  );
}

function Way({
  icon: Icon,
  name,
  onPick,
  children,
}: {
  icon: LucideIcon;
  name: string;
  onPick: () => void;
  children: string;
}) {
  return (
    <button
      type="button"
      onClick={onPick}
      className="flex items-center gap-3 rounded-md border border-border-strong bg-card px-3.5 py-3 text-left hover:bg-accent"
    >
      <Icon aria-hidden="true" className="size-5 shrink-0 text-muted-foreground" />
      <span className="min-w-0 flex-1">
        <b className="block font-strong">{name}</b>
        <span className="block text-muted-foreground text-sm">{children}</span>
      </span>
      <ChevronRight aria-hidden="true" className="size-4 shrink-0 text-muted-foreground" />
    </button>
  );
}
