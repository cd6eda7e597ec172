"use client";

import { lazy, type ReactNode, Suspense, useCallback, useEffect, useRef, useState } from "react";
import { offerStepUp } from "../../api/step-up";
import { whenIdle } from "../../shell/when-idle";

const loadDialog = () => import("./step-up-dialog").then(({ StepUpDialog }) => ({ default: StepUpDialog }));
/** Its form and passkeys are not needed for the first picture; on their way as soon as that stands. */
const StepUpDialog = lazy(loadDialog);
whenIdle(loadDialog);

/**
 * Around the console: whatever act takes a fresh second factor opens this one dialog, and goes on by itself when the
 * code is right. Closing it leaves the act undone.
 */
export function StepUpProvider({ children }: { children: ReactNode }) {
  const [open, setOpen] = useState(false);
  const [used, setUsed] = useState(false);
  /** Acts that wait: a second one that comes meanwhile is let go by the same code. */
  const waiting = useRef<((shown: boolean) => void)[]>([]);
  const settle = useCallback((shown: boolean) => {
    setOpen(false);
    for (const go of waiting.current.splice(0)) go(shown);
  }, []);
  useEffect(() => {
    const takeBack = offerStepUp(
      () =>
        new Promise((resolve) => {
          waiting.current.push(resolve);
          setUsed(true);
          setOpen(true);
        }),
    );
    return () => {
      takeBack();
      for (const go of waiting.current.splice(0)) go(false);
    };
  }, []);
  return (
    <>
      {children}
      {used ? (
        <Suspense>
          <StepUpDialog open={open} onShown={() => settle(true)} onCancel={() => settle(false)} />
        </Suspense>
      ) : null}
    </>
  );
}
