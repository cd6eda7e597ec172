import type { OutResult } from "@/platform/out";
import { said } from "./said";

/**
 * `retry`: later it may work · `refused`: this message or address will hardly ever be taken · `unclear`: something
 * answered that the service does not say; it may have taken the message, so it is not sent again on a guess.
 */
export type Verdict = "delivered" | "retry" | "refused" | "unclear";

/**
 * How a send ended, with a text for people. `status` 0: no answer came. `left` is false where nothing was sent at all,
 * because we ourselves refuse the address or can't send.
 */
export type Sent = {
  verdict: Verdict;
  left: boolean;
  status: number;
  answer: string;
  retryAfterMs: number | null;
  tookMs: number;
};

type Answered = Extract<OutResult, { kind: "answered" }>;

const retryable = new Set([408, 409, 421, 423, 425, 429]);

export function verdictOf(status: number): Verdict {
  return status >= 500 || retryable.has(status) ? "retry" : "refused";
}

/** What no answer, a redirect or a failure mean, whatever the service; `judge` has the say about 2xx. */
export function judgeAnswer(
  result: OutResult,
  service: string,
  judge: (answered: Answered) => { verdict: Verdict; answer: string },
): Sent {
  if (result.kind === "failed") {
    const lasting = result.why === "forbidden" || result.why === "bad-address";
    return {
      verdict: lasting ? "refused" : "retry",
      left: !lasting,
      status: 0,
      answer: result.failure,
      retryAfterMs: null,
      tookMs: result.tookMs,
    };
  }
  const { status, retryAfterMs, tookMs } = result;
  const judged = status >= 200 && status < 300 ? judge(result) : judgeFailure(result, service);
  return { ...judged, left: true, status, retryAfterMs, tookMs };
}

function judgeFailure({ status, answer }: Answered, service: string): { verdict: Verdict; answer: string } {
  if (status >= 300 && status < 400) {
    return {
      verdict: "refused",
      answer: `HTTP ${status}: the address redirects elsewhere, which is not followed. Use the final address.`,
    };
  }
  const words = said(answer);
  const rest = words === "" ? "" : `: ${words}`;
  return { verdict: verdictOf(status), answer: `HTTP ${status}${meaningOf(status, service)}${rest}` };
}

function meaningOf(status: number, service: string): string {
  if (status === 401 || status === 403)
    return ` (the webhook's signature is not accepted; copy its address again)`;
  if (status === 404 || status === 410)
    return ` (the webhook does not exist any more; make a new one in ${service})`;
  if (status === 429) return ` (${service} asks us to slow down)`;
  return "";
}
