import type { Mailer } from "@/platform/mail";
import type { Out } from "@/platform/out";
import type { Outgoing } from "./outgoing";
import type { Sent } from "./sent";

/** What a sender needs of the machine. `consoleUrl`: public origin, for links. `sendTimeoutMs`: 10 s unless said. */
export type Outside = {
  out: Out;
  mailer: Pick<Mailer, "on" | "deliver">;
  consoleUrl: string;
  sendTimeoutMs?: number;
};

/** Longest time that one request may take, unless `Outside` says otherwise. */
export const defaultSendTimeoutMs = 10_000;
const maxAnswerBytes = 4_096;

/** Sends once; never throws for trouble outside and never repeats by itself. The inbox's row comes with the end. */
export async function send(outside: Outside, outgoing: Outgoing, nowMs: () => number): Promise<Sent> {
  if (outgoing.way === "inbox")
    return {
      verdict: "delivered",
      left: true,
      status: 200,
      answer: "In the inbox",
      retryAfterMs: null,
      tookMs: 0,
    };
  if (outgoing.way === "http") {
    const limits = { timeoutMs: outside.sendTimeoutMs ?? defaultSendTimeoutMs, maxAnswerBytes };
    return outgoing.judge(await outside.out.post(outgoing.url, outgoing.body, outgoing.headers, limits));
  }
  if (!outside.mailer.on) {
    const answer = "This Mission Control sends no mail: an admin has to set SMTP_URL and MC_MAIL_FROM first.";
    return { verdict: "refused", left: false, status: 0, answer, retryAfterMs: null, tookMs: 0 };
  }
  const startedMs = nowMs();
  const { taken, final, status, answer } = await outside.mailer.deliver(outgoing.mail);
  const verdict = taken ? "delivered" : final ? "refused" : "retry";
  return { verdict, left: true, status, answer, retryAfterMs: null, tookMs: Math.round(nowMs() - startedMs) };
}
