import type { Metadata } from "next";
import { HealthPage } from "@/ui/watch/health/health-page";

export const metadata: Metadata = { title: "Health of watching" };

export default function Page() {
  return <HealthPage />;
}
