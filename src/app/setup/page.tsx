import type { Metadata } from "next";
import { ApiProvider } from "@/ui/api/provider";
import { Setup } from "@/ui/people/setup/setup";

export const metadata: Metadata = { title: "Make the first owner" };

export default function SetupPage() {
  return (
    <ApiProvider>
      <Setup />
    </ApiProvider>
  );
}
