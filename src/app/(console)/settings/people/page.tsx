import type { Metadata } from "next";
import { UsersPage } from "@/ui/people/users/users-page";

export const metadata: Metadata = { title: "People" };

export default function Page() {
  return <UsersPage />;
}
