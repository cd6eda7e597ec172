"use client";

import { useEffect, useRef } from "react";
import type { Alert } from "@/contracts/watch/alert";
import { isTyping } from "../../shell/shell-keys";
import { useAct, useActOffBecause } from "./use-act";

/** A acknowledges the shown alert, C writes a comment. */
export function useAlertKeys(alert: Alert): void {
  const { acknowledge } = useAct(alert);
  const off = useActOffBecause() !== undefined;
  const act = useRef<() => void>(() => undefined);
  useEffect(() => {
    act.current = () => {
      if (!off && alert.state === "firing" && alert.acknowledgedAt === null) acknowledge();
    };
  });
  useEffect(() => {
    let goingAt = Number.NEGATIVE_INFINITY;
    const press = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
      if (isTyping(event.target) || document.querySelector("[role=dialog], [role=menu]")) return;
      // "G A" leads to the alerts: there the A is not for this alert.
      const going = event.timeStamp - goingAt < 1_200;
      goingAt = event.key === "g" ? event.timeStamp : Number.NEGATIVE_INFINITY;
      if (going) return;
      if (event.key === "a") act.current();
      else if (event.key === "c") {
        event.preventDefault();
        document.querySelector<HTMLElement>("[data-comment]")?.focus();
      }
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, []);
}
