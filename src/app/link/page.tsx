import type { Metadata } from "next";
import { ApiProvider } from "@/ui/api/provider";
import { LinkAccount } from "@/ui/people/sso/link";

export const metadata: Metadata = { title: "Join your account", referrer: "no-referrer" };

export default function LinkPage() {
  return (
    <ApiProvider>
      <LinkAccount />
    </ApiProvider>
  );
}
