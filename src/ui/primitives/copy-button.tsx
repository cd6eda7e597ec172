"use client";

import { Check, Copy } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { Button, type ButtonProps } from "./button";

const shownMs = 1600;

/** Copies through a hidden field where the clipboard is closed to pages, as on plain http in a local network. */
async function writeClipboard(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const field = document.createElement("textarea");
    field.value = text;
    field.style.position = "fixed";
    field.style.opacity = "0";
    document.body.append(field);
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    return done;
  }
}

/** Copies `text` and says so for a moment. `label` "" draws the icon alone, named by `name`. */
export function CopyButton({
  text,
  label = "Copy",
  name,
  children,
  ...props
}: Omit<ButtonProps, "onClick"> & { text: string; label?: string; name?: string }) {
  const [outcome, setOutcome] = useState<"idle" | "copied" | "failed">("idle");
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);

  const copy = async () => {
    setOutcome((await writeClipboard(text)) ? "copied" : "failed");
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setOutcome("idle"), shownMs);
  };

  const words = { idle: label, copied: "Copied", failed: "Select and copy" }[outcome];
  return (
    <Button
      data-slot="copy-button"
      variant="ghost"
      size={label ? "default" : "icon"}
      aria-label={label ? undefined : (name ?? "Copy")}
      title={name}
      onClick={copy}
      {...props}
    >
      {outcome === "copied" ? <Check aria-hidden="true" /> : <Copy aria-hidden="true" />}
      {label ? words : null}
      {children}
      <span className="sr-only" aria-live="polite">
        {outcome === "idle" ? "" : words}
      </span>
    </Button>
  );
}
