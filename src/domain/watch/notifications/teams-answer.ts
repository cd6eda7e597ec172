import type { OutResult } from "@/platform/out";

/** `retry`: later it may work · `refused`: this message or address will hardly ever be taken. */
export type Verdict = "delivered" | "retry" | "refused";

/** How a send ended, with a text for people. `status` 0: no answer came. */
export type Sent = {
  verdict: Verdict;
  status: number;
  answer: string;
  retryAfterMs: number | null;
  tookMs: number;
};

/** What old connectors say in the body of a 200 when Teams itself refused: the status inside is the real one. */
const innerStatus = /returned HTTP error (\d{3})/i;
const innerFailure = /webhook (message|bad|request).*(fail|error)|bad payload|summary or text is required/i;
const retryable = new Set([408, 409, 421, 423, 425, 429]);

/**
 * What Teams' answer means. Workflows say 202 with nothing in it; old connectors say 200 with the text `1`, or 200
 * with the failure in words. Any other 2xx counts as taken: sending again on a guess would tell everybody twice.
 */
export function judgeTeamsAnswer(result: OutResult): Sent {
  if (result.kind === "failed") {
    const lasting = result.why === "forbidden" || result.why === "bad-address";
    return {
      verdict: lasting ? "refused" : "retry",
      status: 0,
      answer: result.failure,
      retryAfterMs: null,
      tookMs: result.tookMs,
    };
  }
  const { status, answer, retryAfterMs, tookMs } = result;
  const sent = (verdict: Verdict, text: string): Sent => ({
    verdict,
    status,
    answer: text,
    retryAfterMs,
    tookMs,
  });
  if (status >= 200 && status < 300) {
    const inner = innerStatus.exec(answer);
    if (inner)
      return sent(verdictOf(Number(inner[1])), `HTTP ${status}, but Teams refused the message: ${answer}`);
    if (innerFailure.test(answer))
      return sent("refused", `HTTP ${status}, but Teams refused the message: ${answer}`);
    return sent("delivered", answer.trim() === "" ? `HTTP ${status}` : `HTTP ${status}: ${answer}`);
  }
  if (status >= 300 && status < 400) {
    return sent(
      "refused",
      `HTTP ${status}: the address redirects elsewhere, which is not followed. Use the final address.`,
    );
  }
  return sent(
    verdictOf(status),
    `HTTP ${status}${meaningOf(status)}${answer.trim() === "" ? "" : `: ${answer}`}`,
  );
}

function verdictOf(status: number): Verdict {
  return status >= 500 || retryable.has(status) ? "retry" : "refused";
}

function meaningOf(status: number): string {
  if (status === 401 || status === 403)
    return " (the webhook's signature is not accepted; copy its address again)";
  if (status === 404 || status === 410)
    return " (the webhook does not exist any more; make a new one in Teams)";
  if (status === 429) return " (Teams asks us to slow down)";
  return "";
}
