import { letter, type Mail } from "@/platform/mail";

/** The link; its secret stands behind the `#`, which browsers keep to themselves: no server and no proxy logs it. */
export function resetLetter(to: { email: string; name: string }, consoleUrl: string, token: string): Mail {
  return letter({
    to: to.email,
    subject: "Set a new password for Mission Control",
    paragraphs: [
      `Hello ${to.name},`,
      "somebody, most likely you, asked for a new password. The link works once, within 30 minutes.",
    ],
    link: { words: "Set a new password", url: `${consoleUrl}/reset#${token}` },
    foot: "It was not you? Then do nothing: your password stays as it is. If it goes on, tell an admin.",
  });
}

/** To who has no password here: a new one would be a second door, past the identity provider. */
export function otherWayLetter(to: { email: string; name: string }, consoleUrl: string): Mail {
  return letter({
    to: to.email,
    subject: "You sign in to Mission Control without a password",
    paragraphs: [
      `Hello ${to.name},`,
      "somebody, most likely you, asked for a new password. Your account has none: you sign in by single sign-on, with the account of your organisation, or by a passkey.",
      "If that one's password is lost, the people who manage your organisation's accounts can help.",
    ],
    link: { words: "Sign in", url: `${consoleUrl}/login` },
    foot: "It was not you? Then do nothing: nothing was changed.",
  });
}
