import type { ReactNode } from "react";
import { SettingsTabs } from "@/ui/people/settings-tabs";
import { ShellPage } from "@/ui/shell/shell-page";

export default function SettingsLayout({ children }: { children: ReactNode }) {
  return (
    <>
      <ShellPage title="Settings" />
      <SettingsTabs />
      {children}
    </>
  );
}
