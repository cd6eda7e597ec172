import type { Metadata } from "next";
import { FirstStepsPage } from "@/ui/people/first-steps/first-steps-page";

export const metadata: Metadata = { title: "First steps" };

export default function FirstStepsSettingsPage() {
  return <FirstStepsPage />;
}
