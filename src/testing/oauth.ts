import { eq } from "drizzle-orm";
import type { FactKind } from "@/contracts/facts";
import { commandLineClientId, grantTypes } from "@/contracts/people/oauth";
import type { Role } from "@/contracts/people/role";
import { factsPending, users } from "@/db/schema";
import { type Ctx, mainAccount, systemCtx } from "@/domain/kernel";
import { beginDeviceGrant, decideDeviceGrant, findDeviceAsk, giveToken } from "@/domain/people/oauth";
import { createAuthenticator } from "@/domain/people/sessions";
import type { Attempts } from "@/domain/people/sessions/attempts";
import { fakeClock } from "./clock";
import { personCtx, testGround } from "./ground";

export const issuer = "https://control.example.com";
export const place = { ip: "192.0.2.7" };
export const unlimited: Attempts = {
  take: async () => {},
  forget: async () => {},
  tellRefused: async () => {},
};
const parts = { issuer, attempts: unlimited, place: place.ip, ip: place.ip };

export type OAuthTrial = Awaited<ReturnType<typeof oauthTrial>>;

/** Persons, devices and programs around the OAuth2 verbs, over a real database and a clock that stands still. */
export async function oauthTrial() {
  const clock = fakeClock();
  const ground = await testGround({ clock });
  const anyone: Ctx = { ...systemCtx(ground), actor: { kind: "anonymous", id: "oauth", name: "client" } };
  const authenticate = createAuthenticator(ground, { url: issuer });

  async function person(role: Role) {
    const id = ground.ids.id("usr");
    const row = { id, accountId: mainAccount, email: `${id}@example.com`, name: "Mira", role };
    await ground.db.orm.insert(users).values({ ...row, createdAt: clock.now() });
    const ctx: Ctx = { ...systemCtx(ground), actor: { kind: "user", id, name: "Mira" }, role };
    return { ...row, ctx };
  }

  const ask = (request: Parameters<typeof giveToken>[1]) => giveToken(anyone, request, parts);
  const begin = () =>
    beginDeviceGrant(anyone, { client_id: commandLineClientId, client_name: "mc on laptop" }, place, issuer);
  const poll = (device_code: string) =>
    ask({ grant_type: grantTypes.deviceCode, client_id: commandLineClientId, device_code });

  async function decide(ctx: Ctx, userCode: string, approve = true) {
    const found = await findDeviceAsk(ctx, "a session", typed(userCode), unlimited);
    await decideDeviceGrant(ctx, "a session", { ask: found.ask, approve });
  }

  return {
    clock,
    ground,
    anyone,
    admin: personCtx(ground),
    person,
    begin,
    poll,
    decide,
    ask,
    /** The caller of an access token; null when it is refused. */
    callerOf: (token: string) =>
      authenticate({ authorization: `Bearer ${token}` }).catch((error: Error) => {
        if ("code" in error && error.code === "unauthenticated") return null;
        throw error;
      }),
    refresh: (refresh_token = "", scope?: string) =>
      ask({
        grant_type: grantTypes.refreshToken,
        client_id: commandLineClientId,
        refresh_token,
        ...(scope ? { scope } : {}),
      }),
    /** A person of this role who let a program in, and the program's tokens. */
    async signIn(role: Role) {
      const who = await person(role);
      const grant = await begin();
      await decide(who.ctx, grant.user_code);
      return { ...who, tokens: await poll(grant.device_code) };
    },
    factsOf: (kind: FactKind) => ground.db.orm.select().from(factsPending).where(eq(factsPending.kind, kind)),
    async stop() {
      await ground.bus.close();
      await ground.db.close();
    },
  };
}

/** A user code as the contract reads it. */
export const typed = (code: string) => code.replace("-", "");
