import type { Metadata } from "next";
import { ApiProvider } from "@/ui/api/provider";
import { Reset } from "@/ui/people/forgot/reset";

export const metadata: Metadata = { title: "New password", referrer: "no-referrer" };

export default function ResetPage() {
  return (
    <ApiProvider>
      <Reset />
    </ApiProvider>
  );
}
