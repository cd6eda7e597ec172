/** Why a sign-in by the identity provider came to nothing. */
export type SsoReason =
  | "unreachable"
  | "misconfigured"
  | "state"
  | "denied"
  | "token"
  | "no-role"
  | "too-many-groups"
  | "no-address"
  | "address-taken"
  | "disabled"
  | "no-sign-out";

/** An expected "no", as a page shows it: what happened, and what the person or the admin can do about it. */
export class SsoRefusal extends Error {
  override name = "SsoRefusal";
  constructor(
    readonly reason: SsoReason,
    message: string,
    readonly advice: string,
  ) {
    super(message);
  }
}

const again = "Start the sign-in again from the sign-in page.";

export const badState = (message: string) => new SsoRefusal("state", message, again);
export const badToken = (why: string) =>
  new SsoRefusal(
    "token",
    `The identity provider's answer was not accepted: ${why}.`,
    `${again} If it stays, an admin should look at the clock of this server and at the settings MC_OIDC_….`,
  );
export const unreachable = (why: string) =>
  new SsoRefusal(
    "unreachable",
    `The identity provider does not answer. ${why}`,
    "Try again in a minute. Local accounts can sign in with their password meanwhile.",
  );
export const misconfigured = (why: string) =>
  new SsoRefusal(
    "misconfigured",
    `Single sign-on is not set up right: ${why}`,
    "An admin has to mend the settings MC_OIDC_… Local accounts can sign in with their password meanwhile.",
  );
