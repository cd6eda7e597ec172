import type { Metadata } from "next";
import { ApiProvider } from "@/ui/api/provider";
import { Enrol } from "@/ui/people/second-factor/enrol";

export const metadata: Metadata = { title: "Set up a second factor" };

interface EnrolPageProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function EnrolPage({ searchParams }: EnrolPageProps) {
  const { to } = await searchParams;
  return (
    <ApiProvider>
      <Enrol to={typeof to === "string" ? to : undefined} />
    </ApiProvider>
  );
}
