import type { ShortcutGroup } from "../../shell/shell-types";

/** Keys of the board, as the shortcut sheet lists them. */
export const boardShortcuts: readonly ShortcutGroup[] = [
  {
    title: "On the board",
    shortcuts: [
      { keys: "J", does: "Next agent, also ↓" },
      { keys: "K", does: "Agent before, also ↑" },
      { keys: "Space", does: "Select it; Shift with arrows selects a range" },
      { keys: "Enter", does: "Open it" },
      { keys: "Esc", does: "Clear the selection" },
      { keys: "1", does: "Show all; 2 to 9 toggle the counts" },
      { keys: "F", does: "Add a filter" },
      { keys: "C", does: "Before the first agent: copy the line to paste" },
    ],
  },
];
