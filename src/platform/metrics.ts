import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";

/** Everything that `/metrics` shows. Names follow Prometheus: base units, `_total` for counters, `_seconds`. */
export const metrics = new Registry();

let processMetrics = false;

/** Memory, CPU, event loop and garbage collection of this process; a second call changes nothing. */
export function collectProcessMetrics(): void {
  if (processMetrics) return;
  processMetrics = true;
  collectDefaultMetrics({ register: metrics });
}

/** The counter of this name, made at the first call. */
export function counter<Label extends string = never>(name: string, help: string, labelNames: Label[] = []) {
  const known = metrics.getSingleMetric(name);
  if (known instanceof Counter) return known as Counter<Label>;
  return new Counter<Label>({ name, help, labelNames, registers: [metrics] });
}

/** The gauge of this name, made at the first call. */
export function gauge<Label extends string = never>(name: string, help: string, labelNames: Label[] = []) {
  const known = metrics.getSingleMetric(name);
  if (known instanceof Gauge) return known as Gauge<Label>;
  return new Gauge<Label>({ name, help, labelNames, registers: [metrics] });
}

/** From half a millisecond to ten seconds: one scale for queries, requests and deliveries. */
const secondsBuckets = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** The histogram of this name, made at the first call; without buckets it measures seconds. */
export function histogram<Label extends string = never>(
  name: string,
  help: string,
  labelNames: Label[] = [],
  buckets: number[] = secondsBuckets,
) {
  const known = metrics.getSingleMetric(name);
  if (known instanceof Histogram) return known as Histogram<Label>;
  return new Histogram<Label>({ name, help, labelNames, buckets, registers: [metrics] });
}
