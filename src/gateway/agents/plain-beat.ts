import { metricNamePattern, mostNumbers } from "@/contracts/fleet/metric-name";
import type { Beat } from "@/contracts/wire/agent";

const longestTask = 300;
const states: readonly unknown[] = ["working", "idle", "waiting"];
/** What needs no cleaning. */
const plainText = /^[ -~]*$/;

const isAmount = (value: unknown) =>
  value == null || (typeof value === "number" && value >= 0 && value <= Number.MAX_SAFE_INTEGER);
const isNumber = (value: unknown) => typeof value === "number" && Math.abs(value) <= Number.MAX_SAFE_INTEGER;
const isMoment = (value: unknown) => typeof value === "number" && Number.isFinite(value);
const isPlainText = (value: unknown) =>
  typeof value === "string" && value.length <= longestTask && plainText.test(value);

/**
 * Whether the schema of beats would answer exactly this, as it does nearly always. Asked first, because the schema
 * makes a copy of each beat: at ten thousand a second that is a twelfth of the process's time. Everything else, bad
 * input too, is the schema's; a test holds the two together.
 */
export function isPlainBeat(message: unknown): message is Beat {
  if (!isObject(message) || !isMoment(message.at) || !states.includes(message.state)) return false;
  for (const name in message) {
    const value = message[name];
    switch (name) {
      case "at":
      case "state":
        break;
      case "progressAt":
      case "clockOffsetMs":
        if (value != null && !isMoment(value)) return false;
        break;
      case "task":
        if (value != null && !isPlainText(value)) return false;
        break;
      case "metrics":
        if (value != null && !areMetrics(value)) return false;
        break;
      default:
        return false;
    }
  }
  return true;
}

function areMetrics(metrics: unknown): boolean {
  if (!isObject(metrics)) return false;
  for (const name in metrics) {
    switch (name) {
      case "cpuPercent":
      case "memoryBytes":
      case "diskUsedBytes":
      case "diskTotalBytes":
      case "netRxBytes":
      case "netTxBytes":
        if (!isAmount(metrics[name])) return false;
        break;
      case "numbers":
        if (metrics.numbers != null && !areNumbers(metrics.numbers)) return false;
        break;
      default:
        return false;
    }
  }
  return true;
}

function areNumbers(numbers: unknown): boolean {
  if (!isObject(numbers)) return false;
  let count = 0;
  for (const name in numbers) {
    count += 1;
    if (count > mostNumbers || !metricNamePattern.test(name) || !isNumber(numbers[name])) return false;
  }
  return true;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
