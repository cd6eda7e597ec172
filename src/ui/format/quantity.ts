import { noValue } from "./instant";

/** A number and its unit apart, so that the unit can be drawn quietly. */
export interface Quantity {
  value: string;
  unit: string;
}

const steps = ["B", "KB", "MB", "GB", "TB", "PB"] as const;
const nothing: Quantity = { value: noValue, unit: "" };

/** Sizes in decimal units (1 KB = 1,000 bytes): "512 B", "3.1 KB", "310 MB", "1.9 GB". */
export function formatBytes(bytes: number | null | undefined): Quantity {
  if (bytes === null || bytes === undefined || !Number.isFinite(bytes) || bytes < 0) return nothing;
  let amount = bytes;
  let step = 0;
  // 999.5 and not 1,000: else rounding would write "1000 KB" where "1.0 MB" is meant.
  while (amount >= 999.5 && step < steps.length - 1) {
    amount /= 1000;
    step += 1;
  }
  const digits = step === 0 || amount >= 99.95 ? 0 : 1;
  return { value: amount.toFixed(digits), unit: steps[step] ?? "B" };
}

/** Per cent from 0 to 100 (or more, with several cores), with `digits` decimals; 100 is always "100". */
export function formatPercent(percent: number | null | undefined, digits = 0): Quantity {
  if (percent === null || percent === undefined || !Number.isFinite(percent)) return nothing;
  if (digits > 0 && percent < 100) {
    // Rounded down: 99.97 % up is not 100 % up.
    const factor = 10 ** digits;
    return { value: (Math.floor(percent * factor + 1e-9) / factor).toFixed(digits), unit: "%" };
  }
  return { value: String(Math.round(percent)), unit: "%" };
}

/** "48,213". */
export function formatCount(count: number): string {
  return count.toLocaleString("en-GB");
}

/** "3 agents", "1 agent". */
export function countOf(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}

/** As plain text, for titles and screen readers: "1.9 GB". */
export function quantityText(quantity: Quantity): string {
  return quantity.unit ? `${quantity.value} ${quantity.unit}` : quantity.value;
}
