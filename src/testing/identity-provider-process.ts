import { generateKeyPairSync } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import Provider from "oidc-provider";
import type { IdentityOrder, IdentityPerson, IdentitySetup } from "./identity-provider";
import { type Twist, twistedToken } from "./twisted-token";

/**
 * A real OpenID provider in a process of its own, told by its parent over IPC who its people are and who sits at the
 * browser. Nobody types anything there: the interaction signs that person in. Run by `startIdentityProvider`.
 */
let people: IdentityPerson[] = [];
let atBrowser: string | null = null;
let provider: Provider | null = null;
let port = 0;
let known: IdentitySetup | null = null;
let twist: Twist | null = null;
let signing = newKey("first");

function newKey(kid: string) {
  return { kid, key: generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey };
}

const server = createServer((request, response) => {
  const path = request.url ?? "/";
  if (path.startsWith("/interaction/")) return void interact(request, response);
  if (path.startsWith("/groups")) return tellGroups(request, response);
  if (provider) provider.callback()(request, response);
  else response.writeHead(503).end();
});

async function interact(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const result = atBrowser
    ? { login: { accountId: atBrowser } }
    : { error: "access_denied", error_description: "nobody sits at the browser" };
  await provider?.interactionFinished(request, response, result);
}

/** As Microsoft Graph does, for whoever shows an access token: two pages. */
function tellGroups(request: IncomingMessage, response: ServerResponse): void {
  const person = people.find(({ id }) => id === atBrowser);
  const groups = person?.groupsElsewhere ?? [];
  if (!request.headers.authorization?.startsWith("Bearer ")) return void response.writeHead(401).end("{}");
  const second = request.url?.includes("page=2");
  const half = Math.ceil(groups.length / 2);
  const value = (second ? groups.slice(half) : groups.slice(0, half)).map((id) => ({ id }));
  const next = second ? {} : { "@odata.nextLink": `http://127.0.0.1:${port}/groups?page=2` };
  response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify({ value, ...next }));
}

function setUp(setup: IdentitySetup): void {
  known = setup;
  twist = null;
  people = setup.people;
  const made = new Provider(`http://127.0.0.1:${port}`, {
    clients: [
      {
        client_id: setup.clientId,
        client_secret: setup.clientSecret,
        redirect_uris: [setup.redirectUri],
        post_logout_redirect_uris: [new URL("/login", setup.redirectUri).href],
        grant_types: ["authorization_code", "refresh_token"],
      },
    ],
    jwks: {
      keys: [{ ...signing.key.export({ format: "jwk" }), alg: "RS256", use: "sig", kid: signing.kid }],
    },
    cookies: { keys: ["only for tests"] },
    pkce: { required: () => true },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_: unknown, { uid }: { uid: string }) => `/interaction/${uid}` },
    conformIdTokenClaims: setup.claimsAtUserinfo ?? false,
    claims: {
      openid: ["sub", "groups", "roles", "tid", "oid", "_claim_names", "_claim_sources"],
      email: ["email", "email_verified"],
      profile: ["name", "preferred_username"],
    },
    issueRefreshToken: async () => setup.refreshTokens ?? false,
    ttl: { IdToken: setup.idTokenSeconds ?? 3_600 },
    findAccount: async (_: unknown, id: string) => {
      const person = people.find((one) => one.id === id);
      return person && { accountId: id, claims: async () => ({ sub: id, ...person.claims }) };
    },
    loadExistingGrant: async ({
      oidc,
    }: {
      oidc: { client: { clientId: string }; session: { accountId: string } };
    }) => {
      const grant = new made.Grant({ clientId: oidc.client.clientId, accountId: oidc.session.accountId });
      grant.addOIDCScope("openid email profile");
      await grant.save();
      return grant;
    },
  });
  made.use(async (ctx, next) => {
    await next();
    if (!twist || ctx.path !== "/token" || !ctx.body?.id_token) return;
    ctx.body.id_token = await twistedToken(ctx.body.id_token, twist, signing);
  });
  provider = made;
}

async function obey(order: IdentityOrder): Promise<void> {
  switch (order.do) {
    case "set up":
      return setUp(order.setup);
    case "sit down":
      atBrowser = order.id;
      return;
    case "know":
      people = order.people;
      return;
    case "twist":
      twist = order.twist;
      return;
    case "change key":
      signing = newKey(order.kid);
      if (known) setUp(known);
      return;
    case "go away":
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
      return;
    case "come back":
      return listen();
  }
}

function listen(): Promise<void> {
  return new Promise((resolve) => {
    server.listen(port, "127.0.0.1", () => {
      port = (server.address() as AddressInfo).port;
      resolve();
    });
  });
}

process.on("message", ({ id, order }: { id: number; order: IdentityOrder }) => {
  void obey(order).then(() => process.send?.({ id }));
});
process.on("disconnect", () => process.exit(0));
await listen();
process.send?.({ port });
