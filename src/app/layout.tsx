import type { Metadata, Viewport } from "next";
import { headers } from "next/headers";
import type { ReactNode } from "react";
import { Toaster } from "@/ui/primitives/toaster";
import { TooltipProvider } from "@/ui/primitives/tooltip";
import { ThemeProvider } from "@/ui/shell/theme-provider";
import "./globals.css";

export const metadata: Metadata = {
  title: { default: "Mission Control", template: "%s · Mission Control" },
  description: "Live board for fleets of AI agents: see what each one does, and act on it together.",
  icons: { icon: "/icon.svg" },
};

export const viewport: Viewport = {
  width: "device-width",
  initialScale: 1,
  viewportFit: "cover",
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#fdfdfe" },
    { media: "(prefers-color-scheme: dark)", color: "#0e1013" },
  ],
};

/**
 * The frame of every page. It reads no data, so that even the error page can be drawn without the database. The nonce
 * is of this request, which makes every page one of its request: none is drawn at build time, without a nonce.
 */
export default async function RootLayout({ children }: { children: ReactNode }) {
  const nonce = (await headers()).get("x-nonce");
  return (
    <html lang="en" suppressHydrationWarning>
      <body>
        <ThemeProvider {...(nonce ? { nonce } : {})}>
          <TooltipProvider>{children}</TooltipProvider>
          <Toaster />
        </ThemeProvider>
      </body>
    </html>
  );
}
