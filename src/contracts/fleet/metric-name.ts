import { z } from "zod";

/** Numbers that every agent may report; others are those that it reports under `metrics.numbers`. */
export const builtInMetrics = [
  "cpuPercent",
  "memoryBytes",
  "diskUsedPercent",
  "diskUsedBytes",
  "netRxBytes",
  "netTxBytes",
] as const;

/** A name has at most so many characters, as in `queue.depth` or `http/5xx`. */
export const metricNamePattern = /^[A-Za-z][\w.:/-]{0,79}$/;
export const metricNameWords = "is made of letters, digits, _ . : / and -, and begins with a letter";
export const metricNameSchema = z.string().trim().regex(metricNamePattern, metricNameWords);

/** Most names that an agent may report in one beat. */
export const mostNumbers = 32;

/** A metric's name with its unit, and how many agents reported it of late: what a rule's builder offers. */
export const knownMetricSchema = z.object({
  name: z.string(),
  unit: z.enum(["percent", "bytes", "bytes a minute", "number"]),
  agents: z.number().int(),
});
export type KnownMetric = z.infer<typeof knownMetricSchema>;
