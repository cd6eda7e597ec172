import { Check, Circle } from "lucide-react";
import type { PasswordHint } from "./password-hints";

/** The policy, ticked off while one types. Not announced at each key: the error says it when it is sent. */
export function PasswordHintList({ hints, id }: { hints: readonly PasswordHint[]; id?: string }) {
  return (
    <ul id={id} className="mt-2 grid gap-0.5 text-muted-foreground text-xs">
      {hints.map((hint) => (
        <li key={hint.id} className="flex items-center gap-[7px]">
          {hint.met ? (
            <Check aria-hidden="true" className="size-3 shrink-0 text-status-online" strokeWidth={2.5} />
          ) : (
            <Circle aria-hidden="true" className="size-3 shrink-0" />
          )}
          <span>
            {hint.words}
            {hint.met ? <span className="sr-only">, met</span> : null}
          </span>
        </li>
      ))}
    </ul>
  );
}
