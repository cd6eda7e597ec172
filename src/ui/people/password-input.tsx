"use client";

import { Eye, EyeOff } from "lucide-react";
import { useState } from "react";
import { Input, type InputProps } from "../primitives/input";

/** A password that can be shown while it is typed. It stays one field, so that password managers keep knowing it. */
export function PasswordInput(props: Omit<InputProps, "type" | "trail">) {
  const [shown, setShown] = useState(false);
  const Icon = shown ? EyeOff : Eye;
  return (
    <Input
      {...props}
      type={shown ? "text" : "password"}
      autoCapitalize="none"
      autoCorrect="off"
      spellCheck={false}
      trail={
        <button
          type="button"
          aria-pressed={shown}
          aria-label="Show the password"
          title={shown ? "Hide the password" : "Show the password"}
          onClick={() => setShown(!shown)}
          className="grid size-7 place-items-center rounded-md text-muted-foreground hover:bg-accent hover:text-foreground max-md:size-9"
        >
          <Icon aria-hidden="true" className="size-3.5" />
        </button>
      }
    />
  );
}
