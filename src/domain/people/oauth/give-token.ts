import {
  commandLineClientId,
  grantTypes,
  type TokenAnswer,
  type TokenRequest,
} from "@/contracts/people/oauth";
import { type Ctx, transact } from "@/domain/kernel";
import type { Attempts } from "@/domain/people/sessions/attempts";
import { signAccessToken } from "./access-token";
import { authenticateClient } from "./authenticate-client";
import { redeemDeviceCode } from "./redeem-device-code";
import { OAuthRefusal } from "./refusal";
import { grantedScopes, readScope } from "./scopes";
import { spendRefreshToken } from "./spend-refresh-token";

export type TokenParts = {
  /** Our public origin: issuer of the tokens. */
  issuer: string;
  attempts: Attempts;
  /** Where the client is, for the limit of its guesses. */
  place: string;
  /** The same as its person is shown it. */
  ip: string | null;
};

/** The token endpoint: one of the three grants, or the refusal that RFC 6749 has for it. */
export async function giveToken(ctx: Ctx, request: TokenRequest, parts: TokenParts): Promise<TokenAnswer> {
  const asked = readScope(request.scope);
  switch (request.grant_type) {
    case grantTypes.clientCredentials:
      return forMachine(ctx, request, asked, parts);
    case grantTypes.refreshToken:
      demandCommandLine(request);
      return spendRefreshToken(ctx, parts, given(request, "refresh_token"), asked);
    case grantTypes.deviceCode:
      demandCommandLine(request);
      return redeemDeviceCode(ctx, parts, given(request, "device_code"));
    default:
      throw new OAuthRefusal(
        "unsupported_grant_type",
        `grant_type must be one of ${Object.values(grantTypes).join(", ")}.`,
      );
  }
}

async function forMachine(
  ctx: Ctx,
  request: TokenRequest,
  asked: ReturnType<typeof readScope>,
  { issuer, attempts, place }: TokenParts,
): Promise<TokenAnswer> {
  const client = await authenticateClient(ctx, request.client_id, request.client_secret).catch(
    async (error: unknown) => {
      // Only failures count: a machine with the right secret is never shut out by its neighbours' guesses.
      if (error instanceof OAuthRefusal) await recordFailure(ctx, request.client_id, place, attempts);
      throw error;
    },
  );
  const scopes = grantedScopes(client.role, client.scopes, asked);
  const { accessToken, expiresInMs } = await signAccessToken(ctx, issuer, {
    sub: client.id,
    account: client.accountId,
    role: client.role,
    scopes,
    client_name: client.name,
  });
  return {
    access_token: accessToken,
    token_type: "Bearer",
    expires_in: expiresInMs / 1_000,
    scope: scopes.join(" "),
  };
}

async function recordFailure(ctx: Ctx, given: string | undefined, place: string, attempts: Attempts) {
  await attempts.take(`client at ${place}`);
  const id = /^cli_[0-9a-z]{26}$/.test(given ?? "") ? (given ?? "") : "(not a client id)";
  const actor = { kind: "anonymous" as const, id: place, name: id };
  await transact({ ...ctx, actor }, async (unit) => {
    unit.record({ kind: "security.login_failed", target: null, data: { client: id, ip: place } });
  });
}

/** These grants are for the public client, which proves itself by what it presents. */
function demandCommandLine({ client_id }: TokenRequest): void {
  if (client_id === commandLineClientId) return;
  throw new OAuthRefusal("invalid_client", `client_id must be "${commandLineClientId}" for this grant.`);
}

function given(request: TokenRequest, field: "refresh_token" | "device_code"): string {
  const value = request[field];
  if (value) return value;
  throw new OAuthRefusal("invalid_request", `${field} is missing.`);
}
