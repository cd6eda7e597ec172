import type { Metadata } from "next";
import { conditionKinds } from "@/contracts/watch/condition";
import { NewRulePage } from "@/ui/watch/rules/new-rule-page";

export const metadata: Metadata = { title: "New rule" };

/** `?kind=` begins with another kind of trouble, so that a page may lead to the rule that it makes one think of. */
export default async function Page({
  searchParams,
}: {
  searchParams: Promise<{ kind?: string | string[] }>;
}) {
  const { kind } = await searchParams;
  return <NewRulePage kind={conditionKinds.find((one) => one === kind) ?? "offline"} />;
}
