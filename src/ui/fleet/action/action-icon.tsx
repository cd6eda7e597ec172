import { type LucideIcon, Pause, Play, RotateCw, Settings2, Skull, Stethoscope } from "lucide-react";
import type { CommandKind } from "@/contracts/fleet/command";

const icons: Record<CommandKind, LucideIcon> = {
  restart: RotateCw,
  kill: Skull,
  pause: Pause,
  resume: Play,
  "health-check": Stethoscope,
  "update-config": Settings2,
};

/** The picture of a kind of command; its word stands beside it. */
export function ActionIcon({ kind }: { kind: CommandKind }) {
  const Icon = icons[kind];
  return <Icon aria-hidden="true" />;
}
