import { eq } from "drizzle-orm";
import { users } from "@/db/schema";
import { type ApiServer, startApiServer } from "./api-server";
import {
  type IdentityPerson,
  type IdentityProvider,
  type IdentitySetup,
  startIdentityProvider,
} from "./identity-provider";
import { visitor } from "./visitor";

const overage = {
  _claim_names: { groups: "src1" },
  _claim_sources: { src1: { endpoint: "https://graph.windows.net/somewhere/getMemberObjects" } },
};
export const claimsOf = (id: string, more: object) => ({
  email: `${id}@example.test`,
  email_verified: true,
  name: `The ${id}`,
  ...more,
});
export const people: IdentityPerson[] = [
  { id: "ada", claims: claimsOf("ada", { groups: ["staff", "ops-admins"] }) },
  { id: "bob", claims: claimsOf("bob", { groups: ["staff"] }) },
  { id: "eve", claims: claimsOf("eve", { groups: ["visitors <b>"] }) },
  { id: "role", claims: claimsOf("role", { roles: ["mc.viewer"] }) },
  { id: "many", claims: claimsOf("many", overage), groupsElsewhere: ["x", "y", "z", "staff"] },
  { id: "local", claims: claimsOf("local", { groups: ["staff"] }) },
  { id: "thief", claims: { ...claimsOf("local", { groups: ["ops-admins"] }), email_verified: false } },
];

/** Our server beside a real identity provider with the people of the stories. */
export class SsoStage {
  provider!: IdentityProvider;
  server!: ApiServer;
  setup!: IdentitySetup;

  async open(): Promise<void> {
    this.provider = await startIdentityProvider();
  }

  /** A fresh server; `over` is how the provider knows it. */
  async start(settings: Record<string, string> = {}, over: Partial<IdentitySetup> = {}): Promise<void> {
    this.server = await startApiServer({
      settings: {
        MC_OIDC_ISSUER: this.provider.issuer,
        MC_OIDC_CLIENT_ID: "mission control",
        MC_OIDC_CLIENT_SECRET: "secret: with/odd+signs%",
        MC_OIDC_GROUP_MAP: "ops-admins=admin,staff=operator,mc.viewer=viewer",
        ...settings,
      },
    });
    this.setup = {
      clientId: "mission control",
      clientSecret: "secret: with/odd+signs%",
      redirectUri: `${this.server.url}/auth/sso/callback`,
      people,
      ...over,
    };
    await this.provider.setUp(this.setup);
  }

  startPath(to = "/"): string {
    return `${this.server.url}/auth/sso/start?to=${encodeURIComponent(to)}`;
  }

  /** Somebody sits down at the provider (null: breaks off there) and comes here by it. */
  async comeAs(id: string | null, to = "/", browser = visitor()) {
    await this.provider.sitDown(id);
    const atLogin = (next: string) => next.startsWith(`${this.server.url}/login`);
    return { browser, ...(await browser.visit(this.startPath(to), atLogin)) };
  }

  async userOf(id: string) {
    const [row] = await this.server.ground.db.orm
      .select()
      .from(users)
      .where(eq(users.email, `${id}@example.test`));
    return row;
  }

  factsOf(kind: string) {
    return this.server.ground.db.sql`select * from facts where kind = ${kind}`;
  }

  async statusFor(cookie: string) {
    return (await this.server.request("GET", "/v1/auth/status", { cookie })).body;
  }
}
