import { type Instant, noValue, toMs } from "./instant";

export interface ExactTimeOptions {
  /** An IANA zone; unset: the zone of the user's browser. */
  zone?: string | undefined;
  /** Add milliseconds, for evidence and logs. */
  millis?: boolean;
}

// Making an Intl formatter costs far more than using one, and tables format thousands of times.
const formatters = new Map<string, Intl.DateTimeFormat>();
function formatter(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = JSON.stringify(options);
  const known = formatters.get(key);
  if (known) return known;
  const made = new Intl.DateTimeFormat("en-GB", options);
  formatters.set(key, made);
  return made;
}

function format(at: Instant, options: Intl.DateTimeFormatOptions, zone: string | undefined): string {
  const ms = toMs(at);
  if (!Number.isFinite(ms)) return noValue;
  return formatter(zone ? { ...options, timeZone: zone } : options).format(ms);
}

/** "14:01:38", with `millis` "14:01:38.207". */
export function clockTime(at: Instant, { zone, millis = false }: ExactTimeOptions = {}): string {
  return format(
    at,
    {
      hour: "2-digit",
      minute: "2-digit",
      second: "2-digit",
      hourCycle: "h23",
      ...(millis ? { fractionalSecondDigits: 3 } : {}),
    },
    zone,
  );
}

/** "14:01". */
export function shortClockTime(at: Instant, zone?: string): string {
  return format(at, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }, zone);
}

/** "12 Mar 2026". */
export function calendarDate(at: Instant, zone?: string): string {
  return format(at, { day: "numeric", month: "short", year: "numeric" }, zone);
}

/** "12 Mar 2026, 14:01:38 Berlin": nothing is left to guess. */
export function exactTime(at: Instant, options: ExactTimeOptions = {}): string {
  const time = clockTime(at, options);
  return time === noValue ? noValue : `${calendarDate(at, options.zone)}, ${time} ${zoneName(options.zone)}`;
}

/** The city of a zone, as people say it: "Berlin", "New York", "UTC". Unset: the user's own zone. */
export function zoneName(zone?: string): string {
  const id = zone ?? formatter({}).resolvedOptions().timeZone;
  return (id.split("/").at(-1) ?? id).replaceAll("_", " ");
}
