"use client";

import { type RefObject, useEffect, useRef } from "react";
import { isTyping } from "../../shell/shell-keys";

/** J and K walk through the list as on the board; Enter on the link opens. Arrow keys too, while the list has the focus. */
export function useListKeys(): RefObject<HTMLDivElement | null> {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const inside = list.current?.contains(document.activeElement) ?? false;
      const down = event.key === "j" || (inside && event.key === "ArrowDown");
      const up = event.key === "k" || (inside && event.key === "ArrowUp");
      if (!(down || up) || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
      if (isTyping(event.target) || document.querySelector("[role=dialog], [role=menu]")) return;
      const links = [...(list.current?.querySelectorAll<HTMLElement>("[data-alert-link]") ?? [])];
      if (links.length === 0) return;
      event.preventDefault();
      const at = links.findIndex((link) => link.contains(document.activeElement));
      const next = at === -1 ? 0 : Math.min(links.length - 1, Math.max(0, at + (down ? 1 : -1)));
      links[next]?.focus();
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, []);
  return list;
}
