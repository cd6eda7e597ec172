import { Check, Circle } from "lucide-react";
import { cn } from "../primitives/class-names";
import type { PasswordHint } from "./password-hints";

/**
 * The policy, ticked off while one types. Not announced at each key: the error says it when it is sent, and then what
 * is `missed` stands out.
 */
export function PasswordHintList({
  hints,
  id,
  missed,
}: {
  hints: readonly PasswordHint[];
  id: string;
  missed: boolean;
}) {
  return (
    <ul id={id} className="mt-2 grid gap-0.5 text-muted-foreground text-xs">
      {hints.map((hint) => (
        <li
          key={hint.id}
          className={cn("flex items-center gap-[7px]", missed && !hint.met && "text-destructive")}
        >
          {hint.met ? (
            <Check aria-hidden="true" className="size-3 shrink-0 text-status-online" strokeWidth={2.5} />
          ) : (
            <Circle aria-hidden="true" className="size-3 shrink-0" />
          )}
          <span>
            {hint.words}
            <span className="sr-only">{hint.met ? ", met" : ", not met yet"}</span>
          </span>
        </li>
      ))}
    </ul>
  );
}
