import type { Metadata } from "next";
import type { ReactNode } from "react";
import { AlertsTabs } from "@/ui/watch/alerts/alerts-tabs";

export const metadata: Metadata = { title: "Alerts" };

export default function AlertsLayout({ children }: { children: ReactNode }) {
  return (
    <>
      <AlertsTabs />
      {children}
    </>
  );
}
