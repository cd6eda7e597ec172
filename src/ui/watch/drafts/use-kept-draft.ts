"use client";

import { useEffect, useRef, useState } from "react";
import { useMe } from "../../people/me";
import { toast } from "../../primitives/toast";
import { forgetDraft, type KeptDraft, keepDraft, keepLeft, leaveDraft, type ReadTyped } from "./kept-draft";
import { useKeepTyped } from "./use-keep-typed";

export interface DraftKeeping<Typed> {
  /** What was typed here before and left; null: nothing, or it has been decided about. */
  offer: KeptDraft<Typed> | null;
  /** Something is typed beside the offer. */
  dirty: boolean;
  /** The offer is taken up; what is typed now is offered in its place, so that nothing is lost. */
  take: () => void;
  /** Throws the offer away, and nothing else. */
  refuse: () => void;
  /** Forgets all that is kept, now and when the page is left: it is saved, or was given up. */
  forget: () => void;
}

/**
 * Keeps what is typed while it is not sent, in this window and for this person, so that a link or the back button loses
 * nothing: whoever comes back is offered it, and it stays kept until they have decided, whatever they type meanwhile.
 * Next has no hook that could ask before a link of its own is followed. A window that is closed forgets, so the browser
 * asks then. `read` is the same function at every call.
 */
export function useKeptDraft<Typed>(
  name: string,
  { dirty, typed }: { dirty: boolean; typed: Typed },
  read: ReadTyped<Typed>,
): DraftKeeping<Typed> {
  const me = useMe()?.id;
  const own = me === undefined ? null : `${me} ${name}`;
  const [left, setLeft] = useState<readonly KeptDraft<Typed>[]>([]);
  const keeps = useRef(false);
  const text = dirty ? JSON.stringify(typed) : null;
  useKeepTyped(dirty);
  useEffect(() => {
    if (own) setLeft(leaveDraft(sessionStorage, own, read));
  }, [own, read]);
  useEffect(() => {
    if (!own) return;
    if (text !== null) {
      keepDraft(sessionStorage, own, { at: new Date().toISOString(), typed: JSON.parse(text) as unknown });
      keeps.current = true;
    } else if (keeps.current) {
      forgetDraft(sessionStorage, own);
      keeps.current = false;
    }
  }, [own, text]);
  useEffect(
    () => () => {
      if (keeps.current) toast.done({ title: "What you typed is kept", detail: "Come back here to go on." });
    },
    [],
  );
  const leave = (drafts: readonly KeptDraft<Typed>[]) => {
    setLeft(drafts);
    if (own) keepLeft(sessionStorage, own, drafts);
  };
  const [offer = null, ...others] = left;
  return {
    offer,
    dirty,
    take: () => leave(dirty ? [{ at: new Date().toISOString(), typed }, ...others] : others),
    refuse: () => leave(others),
    forget: () => {
      leave([]);
      keeps.current = false;
      if (own) forgetDraft(sessionStorage, own);
    },
  };
}
