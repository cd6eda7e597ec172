import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { PagePainter } from "./painter";

/** A page whose frames and time the test steps by hand; `paintMs` is what one paint takes of its thread. */
function page() {
  const stepped = {
    nowMs: 0,
    paintMs: 10,
    visibilityState: "visible",
    frames: new Map<number, () => void>(),
  };
  const told = new EventTarget();
  let asked = 0;
  vi.stubGlobal("document", {
    get visibilityState() {
      return stepped.visibilityState;
    },
    addEventListener: told.addEventListener.bind(told),
  });
  vi.stubGlobal("requestAnimationFrame", (run: () => void) => {
    asked += 1;
    stepped.frames.set(asked, run);
    return asked;
  });
  vi.stubGlobal("cancelAnimationFrame", (id: number) => stepped.frames.delete(id));
  vi.spyOn(performance, "now").mockImplementation(() => stepped.nowMs);
  const pass = (ms: number) => {
    stepped.nowMs += ms;
    vi.advanceTimersByTime(ms);
  };
  return {
    painter: new PagePainter(),
    pass,
    frames: () => stepped.frames.size,
    /** What waits is run, painted, and the tasks after the paint have their turn. */
    paint: async () => {
      const runs = [...stepped.frames.values()];
      stepped.frames.clear();
      for (const run of runs) run();
      pass(stepped.paintMs);
      await new Promise<void>((resolve) => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => {
          port1.close();
          resolve();
        };
        port2.postMessage(null);
      });
    },
    see: (visibilityState: "visible" | "hidden") => {
      stepped.visibilityState = visibilityState;
      told.dispatchEvent(new Event("visibilitychange"));
    },
    takes: (ms: number) => {
      stepped.paintMs = ms;
    },
  };
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

it("paints the first beats at once and rests nine times as long as it took", async () => {
  const { painter, pass, frames, paint } = page();
  const flush = vi.fn();
  painter.paint(flush, false);
  painter.paint(flush, false);
  await paint();
  expect(flush).toHaveBeenCalledTimes(1);
  painter.paint(flush, false);
  pass(89);
  expect(frames()).toBe(0);
  pass(1);
  await paint();
  expect(flush).toHaveBeenCalledTimes(2);
});

it("rests a quarter of a second at most, however long a paint takes", async () => {
  const { painter, pass, frames, paint, takes } = page();
  takes(400);
  painter.paint(() => {}, false);
  await paint();
  painter.paint(() => {}, false);
  pass(250);
  expect(frames()).toBe(1);
});

it("rests also for beats that come while it paints", async () => {
  const { painter, pass, frames, paint } = page();
  const flush = vi.fn();
  painter.paint(() => painter.paint(flush, false), false);
  await paint();
  pass(89);
  expect(frames()).toBe(0);
  pass(1);
  await paint();
  expect(flush).toHaveBeenCalledTimes(1);
});

it("does not let a fact wait for its rest, and takes along what waits", async () => {
  const { painter, paint, frames } = page();
  const flush = vi.fn();
  painter.paint(flush, false);
  await paint();
  painter.paint(flush, false);
  painter.paint(flush, true);
  expect(frames()).toBe(1);
  await paint();
  expect(flush).toHaveBeenCalledTimes(2);
});

it("tells of the paint on which the data are, and not of an earlier one", async () => {
  const { painter, pass, paint } = page();
  painter.paint(() => {}, false);
  await paint();
  const seen = vi.fn();
  painter.paint(() => {}, false);
  painter.painted(seen);
  await paint();
  expect(seen).not.toHaveBeenCalled();
  pass(90);
  await paint();
  expect(seen).toHaveBeenCalledTimes(1);
});

it("keeps a hidden tab's title true once a second, however many facts come, and tells of no paint there", async () => {
  const { painter, pass, paint, see } = page();
  const [flush, seen] = [vi.fn(), vi.fn()];
  painter.paint(flush, true);
  painter.painted(seen);
  see("hidden");
  for (let count = 0; count < 10; count++) {
    pass(100);
    painter.paint(flush, true);
  }
  expect(flush).toHaveBeenCalledTimes(1);
  see("visible");
  await paint();
  expect(flush).toHaveBeenCalledTimes(2);
  expect(seen).not.toHaveBeenCalled();
});
