import type { Metadata } from "next";
import { CommandsPage } from "@/ui/fleet/commands/commands-page";

export const metadata: Metadata = { title: "Commands" };

export default function Page() {
  return <CommandsPage />;
}
