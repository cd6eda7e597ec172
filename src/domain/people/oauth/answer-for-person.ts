import type { TokenAnswer } from "@/contracts/people/oauth";
import type { Permission } from "@/contracts/people/role";
import type { Ground } from "@/domain/kernel";
import type { UserRow } from "@/domain/people/users/user-of";
import { signAccessToken } from "./access-token";
import type { RefreshRow } from "./refresh-tokens";

/** Access and refresh token of a person's program. The role is that of this moment. */
export async function answerForPerson(
  ground: Pick<Ground, "db" | "clock" | "ids" | "sealer">,
  issuer: string,
  given: {
    user: UserRow;
    row: Pick<RefreshRow, "family" | "clientName">;
    scopes: Permission[];
    next: string;
  },
): Promise<TokenAnswer> {
  const { user, row, scopes, next } = given;
  const { accessToken, expiresInMs } = await signAccessToken(ground, issuer, {
    sub: user.id,
    account: user.accountId,
    role: user.role,
    scopes,
    client_name: row.clientName,
    sid: row.family,
  });
  return {
    access_token: accessToken,
    token_type: "Bearer",
    expires_in: expiresInMs / 1_000,
    scope: scopes.join(" "),
    refresh_token: next,
  };
}
