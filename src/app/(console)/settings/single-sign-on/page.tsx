import type { Metadata } from "next";
import { SsoSettingsPage } from "@/ui/people/sso/sso-settings-page";

export const metadata: Metadata = { title: "Single sign-on" };

export default function Page() {
  return <SsoSettingsPage />;
}
