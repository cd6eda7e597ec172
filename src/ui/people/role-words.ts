import type { Role } from "@/contracts/people/role";

export const roleWords: Record<Role, { name: string; may: string }> = {
  viewer: { name: "Viewer", may: "Sees the board, changes nothing" },
  operator: { name: "Operator", may: "Restarts and stops agents, acknowledges alerts" },
  admin: { name: "Admin", may: "Everything: people, rules, channels, audit" },
};
