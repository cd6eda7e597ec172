/** The words of RFC 6749 (5.2), RFC 8628 (3.5) and RFC 7009 for a "no" of these endpoints. */
export type OAuthErrorCode =
  | "invalid_request"
  | "invalid_client"
  | "invalid_grant"
  | "invalid_scope"
  | "unauthorized_client"
  | "unsupported_grant_type"
  | "authorization_pending"
  | "slow_down"
  | "access_denied"
  | "expired_token";

/**
 * An expected "no" to an OAuth2 client. Such clients are programs of others, which know the RFC's body
 * `{ error, error_description }` and nothing of ours; `message` is its description.
 */
export class OAuthRefusal extends Error {
  override name = "OAuthRefusal";
  constructor(
    readonly code: OAuthErrorCode,
    message: string,
    /** Least time until the next try. */
    readonly retryAfterMs: number | null = null,
  ) {
    super(message);
  }
}
