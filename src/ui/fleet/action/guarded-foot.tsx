"use client";

import type { RefObject } from "react";
import { type CommandKind, typedWords } from "@/contracts/fleet/command";
import { useSession } from "../../api/session";
import { usePeople } from "../../live/hooks";
import { AvatarStack } from "../../primitives/avatar";
import { Button } from "../../primitives/button";
import { ButtonWithReason } from "../../primitives/button-with-reason";
import { DialogFooter } from "../../primitives/dialog";
import { TextLink } from "../../primitives/text-link";
import { ActionIcon } from "./action-icon";

/** "Mira and Jonas see this". */
function OnLookers() {
  const { user } = useSession();
  const others = usePeople().filter(({ id }) => id !== user?.id);
  const names = [...new Set(others.map(({ name }) => name))];
  if (names.length === 0) return "Nobody else is here now";
  const shown = names.slice(0, 3);
  const more = names.length - shown.length;
  const list = more > 0 ? `${shown.join(", ")} and ${more} more` : listed(shown);
  const sentence = `${list} ${names.length === 1 ? "sees" : "see"} this`;
  return (
    <span className="flex items-center gap-2">
      <AvatarStack people={shown.map((name) => ({ id: name, name }))} label={list} />
      {sentence}
    </span>
  );
}

function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}

/** Cancel has the focus: the safe choice is the one that a hasty Enter makes. */
export function GuardedFoot({
  kind,
  title,
  busy,
  offBecause,
  firstFocus,
  onCancel,
  onInstead,
}: {
  kind: CommandKind;
  title: string;
  busy: boolean;
  offBecause: string | undefined;
  firstFocus: RefObject<HTMLElement | null>;
  onCancel: () => void;
  onInstead: (kind: CommandKind) => void;
}) {
  const danger = typedWords[kind] !== undefined;
  const note =
    kind === "kill" ? (
      <>
        Restart is gentler: <TextLink onClick={() => onInstead("restart")}>restart instead</TextLink>
      </>
    ) : (
      <OnLookers />
    );
  return (
    <DialogFooter note={note}>
      <Button
        ref={(button) => {
          if (!danger && button) firstFocus.current = button;
        }}
        size="lg"
        onClick={onCancel}
      >
        Cancel
      </Button>
      <ButtonWithReason
        type="submit"
        size="lg"
        variant={danger ? "destructive" : "primary"}
        busy={busy}
        {...(offBecause ? { offBecause } : {})}
      >
        <ActionIcon kind={kind} />
        {title}
      </ButtonWithReason>
    </DialogFooter>
  );
}
