import { cutText } from "@/contracts/kernel/text";
import type { PingResult } from "@/contracts/watch/dead-man";
import type { Ground } from "@/domain/kernel";
import type { Out } from "@/platform/out";

const limits = { timeoutMs: 10_000, maxAnswerBytes: 4_096 };
const shownLength = 500;

/** One request to the address; a redirect or an error is no ping. Never throws. */
export async function ping({ clock }: Pick<Ground, "clock">, out: Out, url: string): Promise<PingResult> {
  const at = clock.now().toISOString();
  const result = await out.get(url, { "user-agent": "Mission-Control" }, limits);
  if (result.kind === "failed") {
    return { at, ok: false, status: 0, answer: result.failure, tookMs: result.tookMs };
  }
  const { status, tookMs } = result;
  const answer = cutText(result.answer.replaceAll("\u0000", "").toWellFormed(), shownLength);
  return { at, ok: status >= 200 && status < 300, status, answer, tookMs };
}
