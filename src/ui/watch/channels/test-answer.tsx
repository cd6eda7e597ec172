import { CircleCheck, CircleX } from "lucide-react";
import type { z } from "zod";
import type { channelTestSchema } from "@/contracts/watch/channel";
import { formatDuration } from "../../format/duration";
import { statusMeaning } from "../answer-words";

/** What the service really answered, word by word: it is what one looks up when it does not work. */
export function TestAnswer({ result, name }: { result: z.output<typeof channelTestSchema>; name: string }) {
  const { delivered, status, answer, tookMs } = result;
  const Icon = delivered ? CircleCheck : CircleX;
  return (
    <div
      role="status"
      data-slot="test-answer"
      data-tone={delivered ? "online" : "offline"}
      className="mt-2 rounded-md border text-xs"
    >
      <p className="num flex items-center gap-2 px-2.5 py-1.5">
        <Icon aria-hidden="true" className="size-3.5 shrink-0 text-tone" />
        <span className="min-w-0 flex-1">
          <b className="font-strong text-tone">{delivered ? "Delivered" : "Not delivered"}</b>{" "}
          {status === 0 ? (
            `${name} gave no answer`
          ) : (
            <>
              <b className="mono font-semibold">{status}</b> {statusMeaning(status)}
            </>
          )}
        </span>
        <span className="text-muted-foreground">{formatDuration(tookMs)}</span>
      </p>
      {answer ? (
        <pre className="mono max-h-32 overflow-auto whitespace-pre-wrap break-words border-t px-2.5 py-1.5 text-muted-foreground">
          {answer}
        </pre>
      ) : null}
    </div>
  );
}
