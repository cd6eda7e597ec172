import { expect, it } from "vitest";
import type { Fact } from "@/contracts/facts";
import { factDid, factDoneTo, factWhy, isTrouble } from "./fact-words";

const agent = { kind: "agent" as const, id: "agt_1", name: "geo-cache" };
const mira = { kind: "user" as const, id: "usr_1", name: "Mira" };
const server = { kind: "system" as const, id: "system", name: "Mission Control" };

function read(
  kind: Fact["kind"],
  actor: Fact["actor"],
  target: Fact["target"],
  after: Fact["after"] = null,
): string {
  const fact = { kind, actor, target, after, before: null, data: {} };
  return [actor.name, factDid(fact), factDoneTo(fact)].filter(Boolean).join(" ");
}

it("is a sentence that a person would say", () => {
  expect(read("agent.crashed", agent, agent)).toBe("geo-cache crashed");
  expect(read("agent.crashed", server, agent)).toBe("Mission Control saw a crash of geo-cache");
  expect(read("agent.began_change", agent, agent)).toBe("geo-cache began a change");
  const command = { kind: "command" as const, id: "cmd_1", name: "geo-cache" };
  const restart = { kind: "restart" };
  expect(read("command.requested", mira, command, restart)).toBe("Mira requested a restart of geo-cache");
  expect(read("command.expired", server, command, restart)).toBe(
    "Mission Control ran out of time for the restart of geo-cache",
  );
  const person = { ...mira, kind: "user" as const };
  expect(read("security.login_succeeded", mira, person)).toBe("Mira signed in");
  expect(read("security.password_changed", mira, person)).toBe("Mira changed the password of Mira");
  expect(read("security.login_failed", server, person)).toBe("Mission Control failed to sign in as Mira");
  expect(read("security.login_failed", server, null)).toBe("Mission Control failed to sign in");
});

it("tells why by a person's own words first, else by what the server noted", () => {
  expect(factWhy({ reason: "night shift", data: { because: "x" } })).toBe("night shift");
  expect(factWhy({ reason: null, data: { because: "wrong password", ip: "203.0.113.7" } })).toBe(
    "wrong password, from 203.0.113.7",
  );
  expect(factWhy({ reason: null, data: { ip: null } })).toBeNull();
  expect(factWhy({ reason: null, data: null })).toBeNull();
});

it.each([
  "command.expired",
  "agent.crashed",
  "monitoring.was_blind",
  "security.access_refused",
  "security.certificate_expiring",
] as const)("draws %s loud", (kind) => expect(isTrouble(kind)).toBe(true));
