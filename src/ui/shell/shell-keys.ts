"use client";

import { useEffect, useRef } from "react";
import { places } from "./places";

const sequenceMs = 1200;

/** Keys must not act while someone types, or while a dialog or menu has the page. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || target.closest("input, textarea, select, [role=textbox]") !== null;
}

export interface ShellKeyActions {
  openMenu: () => void;
  showShortcuts: () => void;
  focusSearch: () => void;
  goTo: (href: string) => void;
}

/** Ctrl or Cmd K, "/", "?" and G followed by the key of a place. */
export function useShellKeys(actions: ShellKeyActions): void {
  const latest = useRef(actions);
  useEffect(() => {
    latest.current = actions;
  });
  useEffect(() => {
    let wentAt = Number.NEGATIVE_INFINITY;
    const press = (event: KeyboardEvent) => {
      const { openMenu, showShortcuts, focusSearch, goTo } = latest.current;
      if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === "k") {
        event.preventDefault();
        openMenu();
        return;
      }
      const occupied =
        isTyping(event.target) || document.querySelector("[role=dialog], [role=menu]") !== null;
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || occupied) return;
      const place = places.find((candidate) => candidate.key === event.key);
      if (place && event.timeStamp - wentAt < sequenceMs) {
        event.preventDefault();
        goTo(place.href);
      } else if (event.key === "/") {
        event.preventDefault();
        focusSearch();
      } else if (event.key === "?") {
        event.preventDefault();
        showShortcuts();
      }
      wentAt = event.key === "g" ? event.timeStamp : Number.NEGATIVE_INFINITY;
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, []);
}
