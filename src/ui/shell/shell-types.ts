import type { ReactNode } from "react";

export interface ShellUser {
  name: string;
  /** As shown: "Admin". */
  role: string;
  email?: string;
}

/** One thing the command menu can do. */
export interface CommandAction {
  id: string;
  /** A verb and its object: "Restart 3 agents…". */
  label: string;
  /** Heading it stands under: "On 3 selected agents", "Go to". */
  group: string;
  run: () => void;
  icon?: ReactNode;
  /** Quiet, at the right end: a host, a group. */
  aside?: ReactNode;
  /** Keys as shown: "R", "G B". */
  keys?: string;
  /** More words that find it. */
  keywords?: string[];
  /** Off, with the reason. */
  offBecause?: string;
}

/** One line of the shortcut sheet. */
export interface Shortcut {
  keys: string;
  does: string;
}

export interface ShortcutGroup {
  title: string;
  shortcuts: readonly Shortcut[];
}

/** The header's search. Without it the field opens the command menu. */
export interface ShellSearch {
  value: string;
  onChange: (value: string) => void;
  placeholder?: string;
}

export interface Crumb {
  label: string;
  /** The last one has none: it is this page. */
  href?: string;
}
