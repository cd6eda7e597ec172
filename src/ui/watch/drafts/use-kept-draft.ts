"use client";

import { useEffect, useRef, useState } from "react";
import { useMe } from "../../people/me";
import { toast } from "../../primitives/toast";
import { forgetDraft, type KeptDraft, keepDraft, readDraft } from "./kept-draft";
import { useKeepTyped } from "./use-keep-typed";

export interface DraftKeeping<Typed> {
  /** What was typed here before and left; null: nothing, or it has been decided about. */
  offer: KeptDraft<Typed> | null;
  /** The offer was taken up. */
  take: () => void;
  /** Forgets what is kept, now and when the page is left. */
  forget: () => void;
}

/**
 * Keeps what is typed while it is not sent, in this window and for this person, so that a link or the back button loses
 * nothing: whoever comes back is offered it. Next has no hook that could ask before a link of its own is followed. A
 * window that is closed forgets, so the browser asks then. `isTyped` is the same function at every call.
 */
export function useKeptDraft<Typed>(
  name: string,
  { dirty, typed }: { dirty: boolean; typed: Typed },
  isTyped: (typed: unknown) => typed is Typed,
): DraftKeeping<Typed> {
  const me = useMe()?.id;
  const own = me === undefined ? null : `${me} ${name}`;
  const [offer, setOffer] = useState<KeptDraft<Typed> | null>(null);
  const keeps = useRef(false);
  const text = dirty ? JSON.stringify(typed) : null;
  useKeepTyped(dirty);
  useEffect(() => {
    if (own) setOffer(readDraft(sessionStorage, own, isTyped));
  }, [own, isTyped]);
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
  return {
    offer,
    take: () => setOffer(null),
    forget: () => {
      setOffer(null);
      keeps.current = false;
      if (own) forgetDraft(sessionStorage, own);
    },
  };
}
