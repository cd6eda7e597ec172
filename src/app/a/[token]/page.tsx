import type { Metadata } from "next";
import { ApiProvider } from "@/ui/api/provider";
import { AlertLink } from "@/ui/watch/links/alert-link";

/** Says nothing of the alert by itself: chats and mail programs draw previews of addresses. */
export const metadata: Metadata = {
  title: "From a message",
  referrer: "no-referrer",
  robots: { index: false, follow: false },
};

interface AlertLinkPageProps {
  params: Promise<{ token: string }>;
}

export default async function AlertLinkPage({ params }: AlertLinkPageProps) {
  const { token } = await params;
  return (
    <ApiProvider>
      <AlertLink token={token} />
    </ApiProvider>
  );
}
