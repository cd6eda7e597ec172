"use client";

import { useTheme } from "next-themes";
import { Toaster as SonnerToaster } from "sonner";

/** The place of toasts: bottom right, above the tab bar on a phone. Mounted once by the root layout. */
export function Toaster() {
  const { resolvedTheme } = useTheme();
  return (
    <SonnerToaster
      position="bottom-right"
      theme={resolvedTheme === "dark" ? "dark" : "light"}
      duration={6000}
      gap={8}
      offset={16}
      mobileOffset={{ bottom: 76, left: 12, right: 12 }}
      toastOptions={{ unstyled: true, className: "w-full md:w-[356px]" }}
    />
  );
}
