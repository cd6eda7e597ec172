import type { Metadata } from "next";
import { JoinTokensPage } from "@/ui/people/join-tokens/join-tokens-page";

export const metadata: Metadata = { title: "Join tokens" };

export default function Page() {
  return <JoinTokensPage />;
}
