import type { Alert } from "@/contracts/watch/alert";
import type { Matcher } from "@/contracts/watch/matcher";
import { type Ctx, demand } from "@/domain/kernel";
import { matches } from "@/domain/watch/telling";
import { demandPatterns } from "./check-silence";
import { firingAlerts } from "./firing-alerts";

const mostShown = 50;

/** Which firing alerts these matchers fit: how many, and the newest of them. */
export async function previewSilence(
  ctx: Ctx,
  { matchers }: { matchers: readonly Matcher[] },
): Promise<{ matching: number; items: Alert[] }> {
  demand(ctx, "alerts:operate");
  demandPatterns(matchers);
  const fitting = (await firingAlerts(ctx)).filter(({ labels }) => matches(matchers, labels));
  return { matching: fitting.length, items: fitting.slice(0, mostShown).map(({ alert }) => alert) };
}
