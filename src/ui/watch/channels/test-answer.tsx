import type { z } from "zod";
import type { channelTestSchema } from "@/contracts/watch/channel";
import { formatDuration } from "../../format/duration";
import { AnswerLine } from "../answer-line";

/** The request that really left and what the service really answered, word by word: what one looks up when it fails. */
export function TestAnswer({ result, name }: { result: z.output<typeof channelTestSchema>; name: string }) {
  const { delivered, left, status, answer, tookMs, request } = result;
  const headers = Object.entries(request.headers).map(([header, value]) => `${header}: ${value}`);
  return (
    <div
      role="status"
      data-slot="test-answer"
      data-tone={delivered ? "online" : "offline"}
      className="mt-2 rounded-md border text-xs"
    >
      <AnswerLine
        ok={delivered}
        words={delivered ? "Delivered" : left ? "Not delivered" : "Not sent"}
        status={status}
        silent={left ? `${name} gave no answer` : "Nothing left this server"}
        aside={left ? formatDuration(tookMs) : null}
      />
      {answer ? <Text label={left ? "Answer" : "Why"} text={answer} /> : null}
      <details className="border-t">
        <summary className="cursor-pointer px-2.5 py-1.5 text-muted-foreground max-md:py-3">
          {left ? "The request" : "What would be sent"}:{" "}
          <span className="mono text-foreground">{request.summary}</span>
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
