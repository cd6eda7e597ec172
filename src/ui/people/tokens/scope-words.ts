import { type Permission, permissionsOf, type Role } from "@/contracts/people/role";

/** What each permission lets a program do, for people who choose. */
export const scopeWords: Record<Permission, string> = {
  "board:read": "Read agents, logs, alerts",
  "audit:read": "Read the audit log",
  "agents:operate": "Restart, pause, stop agents",
  "agents:manage": "Add, change, remove agents; keys",
  "alerts:operate": "Acknowledge alerts",
  "rules:manage": "Change alert rules",
  "channels:manage": "Change channels",
  "users:manage": "Manage people and clients",
  "settings:manage": "Change settings",
};

/** Every permission once, beside those that are about the same thing. */
export const scopeGroups: readonly { name: string; scopes: readonly Permission[] }[] = [
  { name: "Reading", scopes: ["board:read", "audit:read"] },
  { name: "Agents", scopes: ["agents:operate", "agents:manage"] },
  { name: "Alerts", scopes: ["alerts:operate", "rules:manage", "channels:manage"] },
  { name: "Account", scopes: ["users:manage", "settings:manage"] },
];

export const presets = ["all", "read", "operate", "some"] as const;
export type Preset = (typeof presets)[number];

const ofPreset: Record<"read" | "operate", readonly Permission[]> = {
  read: ["board:read", "audit:read"],
  operate: ["board:read", "agents:operate", "alerts:operate"],
};

/** The scopes of a preset, within the role. null: everything that the role may do. */
export function scopesOf(preset: Exclude<Preset, "some">, role: Role): Permission[] | null {
  if (preset === "all") return null;
  return ofPreset[preset].filter((scope) => permissionsOf[role].has(scope));
}

/** "read only", "3 of 9 permissions": a credential's scopes in a cell; the whole list is on hover. */
export function scopeSummary(role: Role, scopes: readonly Permission[] | null): string {
  const held = [...permissionsOf[role]];
  if (scopes === null || held.every((scope) => scopes.includes(scope))) return "everything it may";
  const same = (other: readonly Permission[] | null) =>
    other !== null && other.length === scopes.length && other.every((scope) => scopes.includes(scope));
  if (same(scopesOf("read", role)) || same(["board:read"])) return "read only";
  if (same(scopesOf("operate", role))) return "operating only";
  return scopes.length === 1 ? `only ${scopes[0]}` : `${scopes.length} of ${held.length} permissions`;
}
