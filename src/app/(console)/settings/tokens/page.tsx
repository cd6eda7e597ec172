import type { Metadata } from "next";
import { TokensPage } from "@/ui/people/tokens/tokens-page";

export const metadata: Metadata = { title: "API tokens" };

export default function Page() {
  return <TokensPage />;
}
