/**
 * Milliseconds that a `Retry-After` header asks for: it comes as seconds or as an HTTP date. Null when there is none
 * or it says nothing that can be understood. Never negative: a date in the past means now.
 */
export function retryAfterMs(header: string | undefined, now: Date): number | null {
  const text = header?.trim();
  if (!text) return null;
  if (/^\d+(\.\d+)?$/.test(text)) return Math.round(Number(text) * 1_000);
  const date = Date.parse(text);
  return Number.isNaN(date) ? null : Math.max(0, date - now.getTime());
}
