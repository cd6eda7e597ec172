import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from "jose";

type Key = Awaited<ReturnType<typeof generateKeyPair>>["privateKey"];

export type CrookedIssuer = {
  issuer: string;
  /** What the discovery document says instead. */
  document: Record<string, unknown>;
  /** What the userinfo endpoint says; null: 401. */
  userinfo: Record<string, unknown> | null;
  /** How often the keys were asked for. */
  keyVisits(): number;
  /** A new key under a new id; the one before is forgotten. */
  changeKey(kid: string): Promise<void>;
  /** An ID token for `client`, right in everything but what is given. */
  token(claims?: JWTPayload, over?: { kid?: string; alg?: string; key?: Key | Uint8Array }): Promise<string>;
  stop(): Promise<void>;
};

/** An issuer on loopback that lies on demand, which a real provider can't be made to do. */
export async function startCrookedIssuer(): Promise<CrookedIssuer> {
  let kid = "first";
  let pair = await generateKeyPair("RS256");
  let visits = 0;
  const server = createServer((request, response) => {
    void answer(request.url ?? "/").then(({ status, body }) => {
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  async function answer(path: string): Promise<{ status: number; body: unknown }> {
    switch (path) {
      case "/.well-known/openid-configuration":
        return {
          status: 200,
          body: {
            issuer,
            authorization_endpoint: `${issuer}/authorize`,
            token_endpoint: `${issuer}/token`,
            jwks_uri: `${issuer}/keys`,
            userinfo_endpoint: `${issuer}/userinfo`,
            ...crooked.document,
          },
        };
      case "/keys":
        visits += 1;
        return {
          status: 200,
          body: { keys: [{ ...(await exportJWK(pair.publicKey)), kid, alg: "RS256", use: "sig" }] },
        };
      case "/userinfo":
        return crooked.userinfo ? { status: 200, body: crooked.userinfo } : { status: 401, body: {} };
      default:
        return { status: 404, body: {} };
    }
  }

  const crooked: CrookedIssuer = {
    issuer,
    document: {},
    userinfo: null,
    keyVisits: () => visits,
    async changeKey(next) {
      kid = next;
      pair = await generateKeyPair("RS256");
    },
    token(claims = {}, over = {}) {
      const nowSeconds = Math.floor(Date.now() / 1_000);
      const whole = {
        iss: issuer,
        aud: "client",
        sub: "ada",
        nonce: "n",
        iat: nowSeconds,
        exp: nowSeconds + 600,
      };
      return new SignJWT({ ...whole, ...claims })
        .setProtectedHeader({ alg: over.alg ?? "RS256", kid: over.kid ?? kid })
        .sign(over.key ?? pair.privateKey);
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return crooked;
}
