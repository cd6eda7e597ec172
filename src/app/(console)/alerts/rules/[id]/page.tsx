import type { Metadata } from "next";
import { RulePage } from "@/ui/watch/rules/rule-page";

export const metadata: Metadata = { title: "Rule" };

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  return <RulePage id={decodeURIComponent(id)} />;
}
