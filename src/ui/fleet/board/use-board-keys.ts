"use client";

import { useEffect, useRef } from "react";
import { isTyping } from "../../shell/shell-keys";

export interface BoardKeyActions {
  /** Down is 1, up is -1; `extend` with Shift. */
  move: (by: number, extend: boolean) => void;
  toEdge: (last: boolean) => void;
  select: () => void;
  open: () => void;
  escape: () => void;
  /** 1 to 9: the counts in their order, 1 being all. */
  count: (place: number) => void;
  filter: () => void;
}

/** Whether another part of the page has the key: a control that is focused, or a dialog or menu that is open. */
function taken(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return true;
  if (isTyping(event.target)) return true;
  if (document.querySelector("[role=dialog], [role=menu], [role=listbox]")) return true;
  const onControl = event.target instanceof Element && event.target.closest("button, a, [role=checkbox]");
  return Boolean(onControl) && (event.key === "Enter" || event.key === " ");
}

/** Keys of the board: arrows or J/K, Space, Enter, Esc, 1–9, F. */
export function useBoardKeys(actions: BoardKeyActions): void {
  const latest = useRef(actions);
  useEffect(() => {
    latest.current = actions;
  });
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (taken(event)) return;
      const act = actOf(event, latest.current);
      if (!act) return;
      event.preventDefault();
      act();
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, []);
}

function actOf(event: KeyboardEvent, actions: BoardKeyActions): (() => void) | undefined {
  const { key, shiftKey } = event;
  if (/^[1-9]$/.test(key)) return () => actions.count(Number(key));
  const acts: Record<string, () => void> = {
    ArrowDown: () => actions.move(1, shiftKey),
    ArrowUp: () => actions.move(-1, shiftKey),
    j: () => actions.move(1, false),
    J: () => actions.move(1, true),
    k: () => actions.move(-1, false),
    K: () => actions.move(-1, true),
    PageDown: () => actions.move(20, false),
    PageUp: () => actions.move(-20, false),
    Home: () => actions.toEdge(false),
    End: () => actions.toEdge(true),
    " ": actions.select,
    x: actions.select,
    Enter: actions.open,
    Escape: actions.escape,
    f: actions.filter,
  };
  return acts[key];
}
