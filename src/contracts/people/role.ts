import { z } from "zod";

/** The three human roles (MC-3), weakest first. An agent is a principal of its own kind, never one of these. */
export const roles = ["viewer", "operator", "admin"] as const;
export const roleSchema = z.enum(roles);
export type Role = z.infer<typeof roleSchema>;

/** What may be done, `noun:act`. Procedures demand one of these; pages only use them to explain. */
export const permissions = [
  "board:read",
  "agents:operate",
  "agents:manage",
  "alerts:operate",
  "rules:manage",
  "channels:manage",
  "audit:read",
  "users:manage",
  "settings:manage",
] as const;
export const permissionSchema = z.enum(permissions);
export type Permission = z.infer<typeof permissionSchema>;

const ofViewer: Permission[] = ["board:read"];
const ofOperator: Permission[] = [...ofViewer, "agents:operate", "agents:manage", "alerts:operate"];

/** Permissions of each role. */
export const permissionsOf: Record<Role, ReadonlySet<Permission>> = {
  viewer: new Set(ofViewer),
  operator: new Set(ofOperator),
  admin: new Set(permissions),
};
