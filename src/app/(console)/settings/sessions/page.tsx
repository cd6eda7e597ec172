import type { Metadata } from "next";
import { SessionsPage } from "@/ui/people/sessions/sessions-page";

export const metadata: Metadata = { title: "Sessions and password" };

export default function Page() {
  return <SessionsPage />;
}
