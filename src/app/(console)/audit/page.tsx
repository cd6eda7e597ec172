import type { Metadata } from "next";
import { AuditPage } from "@/ui/trust/audit/audit-page";

export const metadata: Metadata = { title: "Audit" };

export default function Page() {
  return <AuditPage />;
}
