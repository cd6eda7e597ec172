"use client";

import { type RefObject, useEffect } from "react";
import { isTyping } from "../../shell/shell-keys";

/**
 * One key presses one button, unless someone types or a dialog has the page. It listens behind the document, so that
 * the second key of a sequence such as G C, which is taken there, does not press it too.
 */
export function useButtonKey(key: string, button: RefObject<HTMLButtonElement | null>): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== key || event.repeat || event.defaultPrevented) return;
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      if (document.querySelector("[role=dialog], [role=menu]")) return;
      event.preventDefault();
      button.current?.click();
    };
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  }, [key, button]);
}
