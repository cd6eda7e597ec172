import { Bell, FingerprintPattern, LayoutGrid, type LucideIcon, Settings, Terminal } from "lucide-react";

export interface Place {
  id: "board" | "alerts" | "commands" | "audit" | "settings";
  name: string;
  href: string;
  icon: LucideIcon;
  /** Second key after G. */
  key: string;
}

/** Where one can go, in the order of the sidebar. The first four and "More" make the phone's tab bar. */
export const places: readonly Place[] = [
  { id: "board", name: "Board", href: "/", icon: LayoutGrid, key: "b" },
  { id: "alerts", name: "Alerts", href: "/alerts", icon: Bell, key: "a" },
  { id: "commands", name: "Commands", href: "/commands", icon: Terminal, key: "c" },
  { id: "audit", name: "Audit", href: "/audit", icon: FingerprintPattern, key: "u" },
  { id: "settings", name: "Settings", href: "/settings", icon: Settings, key: "s" },
];

/** Agent pages belong to the board. */
export function isCurrentPlace(place: Place, path: string): boolean {
  if (place.id === "board") return path === "/" || path.startsWith("/agents");
  return path === place.href || path.startsWith(`${place.href}/`);
}

/** Numbers at the places: firing alerts are red, commands under way belong to a hand. */
export interface PlaceBadges {
  alerts?: number;
  commands?: number;
}

export function placeBadge(
  place: Place,
  badges: PlaceBadges | undefined,
): { count: number; tone: "offline" | "hand"; words: string } | null {
  if (place.id === "alerts" && badges?.alerts) {
    return { count: badges.alerts, tone: "offline", words: `${badges.alerts} firing` };
  }
  if (place.id === "commands" && badges?.commands) {
    return { count: badges.commands, tone: "hand", words: `${badges.commands} under way` };
  }
  return null;
}
