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

/** Pages within a place, by the words that one looks for them with; for Ctrl K. */
export const pages: readonly { place: Place["id"]; name: string; href: string; keywords?: string[] }[] = [
  { place: "alerts", name: "Alert rules", href: "/alerts/rules" },
  { place: "alerts", name: "New alert rule", href: "/alerts/rules/new" },
  { place: "alerts", name: "Alert routes", href: "/alerts/routes", keywords: ["escalation", "who is told"] },
  { place: "alerts", name: "Silences and maintenance", href: "/alerts/silences", keywords: ["quiet"] },
  { place: "alerts", name: "Delivery log", href: "/alerts/deliveries", keywords: ["messages", "outbox"] },
  { place: "alerts", name: "Health of watching", href: "/alerts/health", keywords: ["dead-man ping", "lag"] },
  {
    place: "settings",
    name: "Channels",
    href: "/settings/channels",
    keywords: ["contact points", "Teams", "Slack", "e-mail", "webhook"],
  },
  { place: "settings", name: "People", href: "/settings/people", keywords: ["users", "roles", "invite"] },
  { place: "settings", name: "Join tokens", href: "/settings/join-tokens" },
  { place: "settings", name: "API tokens", href: "/settings/tokens" },
  { place: "settings", name: "Machine clients", href: "/settings/clients", keywords: ["OAuth"] },
  {
    place: "settings",
    name: "Single sign-on",
    href: "/settings/single-sign-on",
    keywords: ["OIDC", "Entra"],
  },
  {
    place: "settings",
    name: "Second factor",
    href: "/settings/second-factor",
    keywords: ["2FA", "passkeys"],
  },
  { place: "settings", name: "Sessions and password", href: "/settings/sessions" },
];

/** Agent pages belong to the board. */
export function isCurrentPlace(place: Place, path: string): boolean {
  if (place.id === "board") return path === "/" || path.startsWith("/agents");
  return path === place.href || path.startsWith(`${place.href}/`);
}

/** Numbers at the places: alerts that fire and are told, those that are muted, and commands under way. */
export interface PlaceBadges {
  alerts?: number;
  muted?: number;
  commands?: number;
}

/** `words` follow the number, for who can't see what it stands at. */
export interface CountBadge {
  count: number;
  tone: "offline" | "neutral" | "hand";
  words: string;
}

/** Red is what calls somebody; what fires and is muted is grey, and only told of where nothing is red. */
export function alertsBadge(calling: number, muted: number): CountBadge | null {
  if (calling > 0) {
    return { count: calling, tone: "offline", words: muted > 0 ? `firing, ${muted} more muted` : "firing" };
  }
  return muted > 0 ? { count: muted, tone: "neutral", words: "firing, all muted" } : null;
}

export function placeBadge(place: Place, badges: PlaceBadges | undefined): CountBadge | null {
  if (place.id === "alerts") return alertsBadge(badges?.alerts ?? 0, badges?.muted ?? 0);
  if (place.id === "commands" && badges?.commands) {
    return { count: badges.commands, tone: "hand", words: "under way" };
  }
  return null;
}
