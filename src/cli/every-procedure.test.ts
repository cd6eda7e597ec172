import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { restRoutes } from "@/api/http/rest-routes";

const protocol = "an agent's own protocol: mc run speaks it";
const ceremony = "a passkey is shown to a browser, by WebAuthn";
const cookie = "its answer is the cookie of a browser; mc login is the way in here";
const link = "for whoever opened a link in a browser";
const browser = "a person's own factor is kept at a browser: the domain lets no token near it";
const many = "the same for several at once does it too";

/** Procedures without a command of their own, and why. Everything else that the API does, `mc` does. */
const reasons: Record<string, string> = {
  "agent.activity": protocol,
  "agent.beat": protocol,
  "agent.bye": protocol,
  "agent.commands": protocol,
  "agent.logs": protocol,
  "agent.updateCommand": protocol,
  "alertLinks.act": link,
  "alertLinks.look": link,
  "alerts.acknowledge": many,
  "alerts.assign": many,
  "alerts.get": "its story, which mc alerts show asks for, holds it",
  "alerts.snooze": many,
  "alerts.unacknowledge": many,
  "auth.beginSetup": cookie,
  "auth.setup": cookie,
  "board.sparks": "drawn beside the board; mc agents metrics has every minute",
  "commands.requestOne": many,
  "invitations.accept": link,
  "invitations.look": link,
  "oauth.decide": "a person decides in a browser what is let in",
  "oauth.findAsk": "a person decides in a browser what is let in",
  "oauth.jwks": "keys in the form of the RFC, for whoever checks access tokens",
  "passkeys.begin": ceremony,
  "passkeys.beginSignIn": ceremony,
  "passkeys.finish": ceremony,
  "passkeys.finishSignIn": ceremony,
  "passkeys.list": browser,
  "passkeys.remove": browser,
  "passkeys.rename": browser,
  "passwordResets.use": link,
  "rules.get": "the list, of which mc rules show takes one, holds it",
  "secondFactor.askPasskey": ceremony,
  "secondFactor.askPasskeyForStepUp": ceremony,
  "secondFactor.begin": browser,
  "secondFactor.confirm": browser,
  "secondFactor.get": browser,
  "secondFactor.makeRecoveryCodes": browser,
  "secondFactor.recover": cookie,
  "secondFactor.remove": browser,
  "secondFactor.stepUp": "only sessions of browsers are asked for a fresh factor",
  "sso.link": cookie,
};

const folder = fileURLToPath(new URL(".", import.meta.url));
const source = readdirSync(folder, { recursive: true, encoding: "utf8" })
  .filter((path) => path.endsWith(".ts") && !path.endsWith(".test.ts"))
  .map((path) => readFileSync(join(folder, path), "utf8"))
  .join("\n")
  .replaceAll(/\s+\./g, ".");

test.each(restRoutes.map((route) => [route.procedure, route] as const))(
  "%s has a command, or a reason to have none",
  (procedure, { type, method, path }) => {
    const call = `.${procedure}.${type === "query" ? "query" : "mutate"}(`;
    // What takes a session is asked over REST.
    const isCalled = source.includes(call) || (method === "POST" && source.includes(`"/v1${path}"`));
    expect(isCalled || procedure in reasons, `no command calls ${call}…)`).toBe(true);
    expect(isCalled && procedure in reasons, `${procedure} has a command: its reason is out of date`).toBe(
      false,
    );
  },
);

test("every reason is about a procedure that there is", () => {
  const known = new Set(restRoutes.map(({ procedure }) => procedure));
  expect(Object.keys(reasons).filter((procedure) => !known.has(procedure))).toEqual([]);
});
