"use client";

import { useEffect } from "react";
import { BrokenPage } from "./broken-page";
import "./globals.css";

/** Stands in for the frame of every page when that one breaks, so it brings its own document, styles and theme. */
export default function GlobalError({ error }: { error: unknown }) {
  useEffect(() => {
    const wanted = localStorage.getItem("theme");
    const dark =
      wanted === "dark" || (wanted !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
    document.documentElement.classList.toggle("dark", dark);
  }, []);
  return (
    <html lang="en" suppressHydrationWarning>
      <body>
        <title>Error · Mission Control</title>
        <main className="grid min-h-dvh">
          <BrokenPage error={error} />
        </main>
      </body>
    </html>
  );
}
