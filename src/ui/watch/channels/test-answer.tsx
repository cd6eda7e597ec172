import { CircleCheck, CircleX } from "lucide-react";
import type { z } from "zod";
import type { channelTestSchema } from "@/contracts/watch/channel";
import { formatDuration } from "../../format/duration";
import { statusMeaning } from "../answer-words";

/** The request that really left and what the service really answered, word by word: what one looks up when it fails. */
export function TestAnswer({ result, name }: { result: z.output<typeof channelTestSchema>; name: string }) {
  const { delivered, status, answer, tookMs, request } = result;
  const Icon = delivered ? CircleCheck : CircleX;
  const headers = Object.entries(request.headers).map(([header, value]) => `${header}: ${value}`);
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
      {answer ? <Text label="Answer" text={answer} /> : null}
      <details className="border-t">
        <summary className="cursor-pointer px-2.5 py-1.5 text-muted-foreground max-md:py-3">
          The request: <span className="mono text-foreground">{request.summary}</span>
        </summary>
        {headers.length > 0 ? <Text label="Headers" text={headers.join("\n")} /> : null}
        {request.body ? <Text label="Body" text={pretty(request.body)} /> : null}
      </details>
    </div>
  );
}

function Text({ label, text }: { label: string; text: string }) {
  return (
    <section aria-label={label} className="border-t">
      <p className="px-2.5 pt-1.5 text-2xs text-muted-foreground">{label}</p>
      <pre className="mono max-h-48 overflow-auto whitespace-pre-wrap break-words px-2.5 pb-1.5 text-muted-foreground">
        {text}
      </pre>
    </section>
  );
}

/** JSON on lines of its own; what is none stays as it is. */
function pretty(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body;
  }
}
