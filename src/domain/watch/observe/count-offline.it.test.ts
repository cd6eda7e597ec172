import { expect, test } from "vitest";
import { ruleDraftSchema } from "@/contracts/watch/rule";
import { systemCtx, transact } from "@/domain/kernel";
import { testGround } from "@/testing/ground";
import { addWatchedAgents } from "@/testing/watch";
import { countOffline } from "./count-offline";

const nobody = [{ kind: "tag" as const, tag: "nobody-has-it" }];
const ruleOf = (id: string, kind: "outage" | "host-down", except: typeof nobody = []) => {
  const condition = kind === "outage" ? { kind, percent: 50, atLeast: 2 } : { kind, atLeast: 2 };
  const draft = ruleDraftSchema.parse({
    name: id,
    scope: { kind: "all" },
    except,
    condition,
    severity: "critical",
  });
  return { id, draft, condition: draft.condition } as Parameters<typeof countOffline>[2][number];
};

test("everybody is counted alike, whether a rule says just that or leaves out who is not there", async () => {
  const ground = await testGround();
  const hosts = ["web-1", "web-2", "web-3", null];
  const statuses = ["online", "offline", "stopped", "never-connected", "paused"] as const;
  const agents = Array.from({ length: 60 }, (_, at) => ({
    id: `agt_${at}`,
    host: hosts[at % hosts.length] ?? null,
    status: statuses[at % statuses.length] ?? "online",
  }));
  await addWatchedAgents(ground, agents);
  const ctx = systemCtx(ground);
  const rules = [
    ruleOf("outage", "outage"),
    ruleOf("outage-but", "outage", nobody),
    ruleOf("host", "host-down"),
    ruleOf("host-but", "host-down", nobody),
  ];
  const counts = await transact(ctx, ({ tx }) => countOffline(ctx, tx, rules, ["web-1", "web-3"]));
  const of = (ruleId: string) =>
    counts
      .filter((count) => count.ruleId === ruleId)
      .map(({ host, total, offline }) => ({ host, total, offline }))
      .sort((a, b) => String(a.host).localeCompare(String(b.host)));
  expect(of("outage")).toEqual([{ host: null, total: 36, offline: 12 }]);
  expect(of("outage-but")).toEqual(of("outage"));
  expect(of("host")).toEqual([
    { host: "web-1", total: 9, offline: 3 },
    { host: "web-3", total: 9, offline: 3 },
  ]);
  expect(of("host-but")).toEqual(of("host"));
  await ground.db.close();
});
