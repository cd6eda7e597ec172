import { nowMs, sleep } from "../measure/moment";
import { floorSide, productSide, type Side, type SideOptions } from "./click-sides";
import { type Clicked, ClickTimes } from "./click-times";
import { serveParent } from "./parent";

export type SidesOrder = Omit<SideOptions, "times"> & { floorPort: number };
export type ClickOrder = { side: "product" | "floor"; rate: number; ms: number };

let times: ClickTimes | null = null;
let sides: Record<ClickOrder["side"], Side> | null = null;
let [agents, watchers, next] = [0, 0, 0];

serveParent({
  open: async ({ floorPort, ...order }: SidesOrder) => {
    [agents, watchers] = [order.agents.length, order.watchers];
    const options = { ...order, times: () => times };
    sides = { product: await productSide(options), floor: await floorSide({ ...options, port: floorPort }) };
  },
  click: async ({ side, rate, ms }: ClickOrder): Promise<Clicked> => {
    const measuring = new ClickTimes(watchers);
    times = measuring;
    const startMs = nowMs();
    let clicks = 0;
    for (let passedMs = 0; passedMs < ms; passedMs = nowMs() - startMs) {
      for (const due = (passedMs / 1_000) * rate; clicks < due; clicks++) {
        const agent = next++ % agents;
        measuring.clicked(agent);
        sides?.[side].click(agent);
      }
      await sleep(1);
    }
    const limitMs = nowMs() + 5_000;
    while (measuring.pending > 0 && nowMs() < limitMs) await sleep(5);
    times = null;
    return measuring.sum();
  },
});
