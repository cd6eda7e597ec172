import type { Metadata } from "next";
import { SecondFactorPage } from "@/ui/people/second-factor/second-factor-page";

export const metadata: Metadata = { title: "Second factor" };

export default function Page() {
  return <SecondFactorPage />;
}
