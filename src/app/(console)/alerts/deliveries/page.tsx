import type { Metadata } from "next";
import { DeliveriesPage } from "@/ui/watch/deliveries/deliveries-page";

export const metadata: Metadata = { title: "Delivery log" };

export default function Page() {
  return <DeliveriesPage />;
}
