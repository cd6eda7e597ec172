import type { OutResult } from "@/platform/out";
import { isWebPage, said } from "./said";
import { judgeAnswer, type Sent, type Verdict, verdictOf } from "./sent";

/** What old connectors say in the body of a 200 when Teams itself refused: the status inside is the real one. */
const innerStatus = /returned HTTP error (\d{3})/i;
const innerFailure = /webhook (message|bad|request).*(fail|error)|bad payload|summary or text is required/i;

const plainly = (status: number, answer: string) =>
  answer.trim() === "" ? `HTTP ${status}` : `HTTP ${status}: ${said(answer)}`;

/**
 * What Teams' answer means. Workflows say 202 with nothing in it, and any other 2xx counts as taken too, but for a web page,
 * which is somebody's sign-in: sending again on a guess would tell everybody twice. Old connectors say 200 with the text `1`, or 200 with the failure in words;
 * what they never say is neither.
 */
export function judgeTeamsAnswer(result: OutResult, connector = false): Sent {
  return judgeAnswer(result, "Teams", ({ status, answer }): { verdict: Verdict; answer: string } => {
    const inner = innerStatus.exec(answer);
    if (inner)
      return {
        verdict: verdictOf(Number(inner[1])),
        answer: `HTTP ${status}, but Teams refused the message: ${answer}`,
      };
    if (innerFailure.test(answer))
      return { verdict: "refused", answer: `HTTP ${status}, but Teams refused the message: ${answer}` };
    if (connector && status === 200 && answer.trim() !== "1") return unclear(status, "1", answer);
    if (isWebPage(answer)) return unclear(status, "", answer);
    return { verdict: "delivered", answer: plainly(status, answer) };
  });
}

/** Slack says 200 with `ok`; its failures are 4xx and 5xx in words. */
export function judgeSlackAnswer(result: OutResult): Sent {
  return judgeAnswer(result, "Slack", ({ status, answer }) =>
    answer.trim() === "ok"
      ? { verdict: "delivered", answer: `HTTP ${status}: ok` }
      : unclear(status, "ok", answer),
  );
}

/** A receiver of somebody's own: any 2xx is taken. */
export function judgeWebhookAnswer(result: OutResult): Sent {
  return judgeAnswer(result, "the receiver", ({ status, answer }) => ({
    verdict: "delivered",
    answer: plainly(status, answer),
  }));
}

function unclear(status: number, expected: string, answer: string): { verdict: Verdict; answer: string } {
  const instead = expected === "" ? "Teams' own answer" : `"${expected}"`;
  return {
    verdict: "unclear",
    answer: `HTTP ${status}, but instead of ${instead} came ${said(answer) || "nothing"}. Something between may have answered. It may have arrived, so it is not sent again by itself.`,
  };
}
