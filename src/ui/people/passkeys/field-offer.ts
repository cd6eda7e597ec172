"use client";

import { useEffect, useEffectEvent } from "react";
import type { PasskeyRequest } from "@/contracts/people/passkey";
import { autofillOffersPasskeys, type ShownPasskey, showPasskey, stopWaiting } from "./ceremony";

/** Shorter than the five minutes of a challenge, so that the one behind the field is always good. */
const renewEveryMs = 4 * 60_000;

/**
 * Keeps passkeys on offer in the e-mail field where the browser can. Nobody asked for it, so what goes wrong before a
 * passkey was picked is not told: the button beside it tells it to whoever presses that.
 */
export function useFieldOffer({
  paused,
  begin,
  onShown,
}: {
  /** While the page itself asks: the browser serves one wish at a time. */
  paused: boolean;
  begin: () => Promise<PasskeyRequest>;
  onShown: (shown: ShownPasskey) => void;
}): void {
  const offer = useEffectEvent(async (isOver: () => boolean) => {
    const shown = await showPasskey(await begin(), true).catch(() => null);
    if (shown && !isOver()) onShown(shown);
  });
  useEffect(() => {
    if (paused) return;
    let over = false;
    const isOver = () => over;
    const tryToOffer = async () => {
      if ((await autofillOffersPasskeys()) && !over) await offer(isOver);
    };
    const attempt = () => void tryToOffer().catch(() => undefined);
    attempt();
    const timer = setInterval(attempt, renewEveryMs);
    return () => {
      over = true;
      clearInterval(timer);
    };
  }, [paused]);
  useEffect(() => () => void stopWaiting(), []);
}
