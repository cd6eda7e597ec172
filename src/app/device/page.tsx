import type { Metadata } from "next";
import { ApiProvider } from "@/ui/api/provider";
import { DevicePage } from "@/ui/people/device/device-page";

export const metadata: Metadata = { title: "Let a program in" };

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function Page({ searchParams }: Props) {
  const { code } = await searchParams;
  return (
    <ApiProvider>
      <DevicePage code={typeof code === "string" ? code : ""} />
    </ApiProvider>
  );
}
