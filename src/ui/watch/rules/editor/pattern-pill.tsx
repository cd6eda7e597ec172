"use client";

import { Input } from "../../../primitives/input";
import { CheckRow } from "../../fields/check-row";
import { type PillProps, WindowPill } from "./pill";

/** The text that a line has to hold, as it is or as an RE2 expression. */
export function PatternPill({
  pattern,
  regex,
  onChange,
  ...pill
}: PillProps & {
  pattern: string;
  regex: boolean;
  onChange: (patch: { pattern?: string; regex?: boolean }) => void;
}) {
  return (
    <WindowPill {...pill}>
      {() => (
        <div className="grid gap-2">
          <Input
            aria-label={pill.label}
            autoComplete="off"
            spellCheck={false}
            className="mono"
            maxLength={300}
            placeholder={regex ? "timeout|timed out" : "out of memory"}
            value={pattern}
            onChange={({ target }) => onChange({ pattern: target.value })}
          />
          <CheckRow checked={regex} onChange={(on) => onChange({ regex: on })}>
            It is a regular expression <span className="text-muted-foreground">(RE2)</span>
          </CheckRow>
          <p className="text-muted-foreground text-xs">Small and capital letters are the same.</p>
        </div>
      )}
    </WindowPill>
  );
}
