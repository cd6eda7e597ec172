import type { Metadata } from "next";
import { ClientsPage } from "@/ui/people/clients/clients-page";

export const metadata: Metadata = { title: "Machine clients" };

export default function Page() {
  return <ClientsPage />;
}
