import { expect, it } from "vitest";
import { createLog } from "./log";
import { createShutdown } from "./shutdown";

it("stops in reverse order, past parts that fail or hang, and only once", async () => {
  const stopped: string[] = [];
  const shutdown = createShutdown(createLog("silent"), 20);
  const part = (name: string) => async () => {
    stopped.push(name);
  };
  shutdown.add("database", part("database"));
  shutdown.add("hanging", () => new Promise(() => {}));
  shutdown.add("failing", () => Promise.reject(new Error("no")));
  const remove = shutdown.add("removed", part("removed"));
  shutdown.add("http", part("http"));
  remove();
  await Promise.all([shutdown.run(), shutdown.run()]);
  expect(stopped).toEqual(["http", "database"]);
});
