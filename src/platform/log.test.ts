import { Writable } from "node:stream";
import { expect, it } from "vitest";
import { createLog } from "./log";

it("hides secrets wherever they stand", () => {
  const lines: string[] = [];
  const destination = new Writable({
    write(chunk, _encoding, done) {
      lines.push(String(chunk));
      done();
    },
  });
  const log = createLog("info", { service: "test" }, destination);
  log.info({
    password: "hunter2",
    user: { token: "hunter2" },
    request: { headers: { authorization: "hunter2", cookie: "hunter2" } },
    config: { url: "https://hooks.example.com/hunter2" },
    agentId: "agt_1",
  });
  expect(lines.join("")).not.toContain("hunter2");
  expect(lines.join("")).toContain("agt_1");
});
