import { CircleCheck, CircleX } from "lucide-react";
import type { ReactNode } from "react";
import { statusMeaning } from "./answer-words";

/** How a request of ours ended, in a line: taken or not, in whose words, with which status, and when. */
export function AnswerLine({
  ok,
  words,
  status,
  silent,
  aside,
}: {
  ok: boolean;
  words: string;
  /** 0: no answer came. */
  status: number;
  /** What is said in place of a status. */
  silent: string;
  aside: ReactNode;
}) {
  const Icon = ok ? CircleCheck : CircleX;
  return (
    <p className="num flex items-center gap-2 px-2.5 py-1.5">
      <Icon aria-hidden="true" className="size-3.5 shrink-0 text-tone" />
      <span className="min-w-0 flex-1">
        <b className="font-strong text-tone">{words}</b>{" "}
        {status === 0 ? (
          silent
        ) : (
          <>
            <b className="mono font-semibold">{status}</b> {statusMeaning(status)}
          </>
        )}
      </span>
      <span className="text-muted-foreground">{aside}</span>
    </p>
  );
}
