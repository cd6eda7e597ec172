import type { Bench } from "../bench";
import type { FleetSettings } from "../load/agent";
import type { Child } from "./child";
import { keysOf } from "./fleet-rows";
import type { Product } from "./product";

/** Wait before the next try to connect, in ms: between these two. */
const usualRetryMs: [number, number] = [200, 800];

type Wish = Pick<FleetSettings, "dialect" | "port"> & Partial<FleetSettings>;

/** The first `count` agents in a process of their own, connected; silent and with right clocks unless wished. */
export async function connectFleet(bench: Bench, count: number, wish: Wish): Promise<Child> {
  const fleet = bench.load("fleet");
  const usual = { baseMs: bench.baseMs, retryMs: usualRetryMs, beating: false, skewMs: 0 };
  await fleet.ask("connect", { ...usual, ...wish, keys: keysOf(0, count), from: 0, atOnce: 256 });
  return fleet;
}

/** So many more look at the product's board. */
export function watchBoard(
  watchers: Child,
  { port, cookie }: Pick<Product, "port" | "cookie">,
  count: number,
  retryMs = usualRetryMs,
): Promise<unknown> {
  return watchers.ask("watch", { dialect: "product", port, cookie, count, retryMs });
}
