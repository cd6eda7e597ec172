import type { Metadata } from "next";
import { SilencesPage } from "@/ui/watch/silences/silences-page";

export const metadata: Metadata = { title: "Silences and maintenance" };

export default function Page() {
  return <SilencesPage />;
}
