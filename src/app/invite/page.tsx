import type { Metadata } from "next";
import { ApiProvider } from "@/ui/api/provider";
import { Invited } from "@/ui/people/invitations/invited";

export const metadata: Metadata = { title: "Invitation", referrer: "no-referrer" };

export default function InvitePage() {
  return (
    <ApiProvider>
      <Invited />
    </ApiProvider>
  );
}
