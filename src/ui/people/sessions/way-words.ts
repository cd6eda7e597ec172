import type { WayIn } from "@/contracts/people/user";

/** How a session began, in front of when. */
export const wayWords: Record<WayIn, string> = {
  password: "by password",
  "second-factor": "by password and code",
  passkey: "by passkey",
  sso: "by single sign-on",
  "recovery-code": "by recovery code",
  setup: "by setup code",
  invitation: "by invitation",
};
