import type { Fact, FactKind } from "@/contracts/facts";

/** What a letter tells of one fact: `subject` of the mail, and what happened as a sentence without its time. */
export type Happening = { subject: string; sentence: string };

type Tell = (fact: Fact) => Happening | null;

const text = (value: unknown): string | null => (typeof value === "string" && value !== "" ? value : null);

/** `data.method` of an app or a passkey; removing all factors at once names none. */
const factorOf = ({ data }: Fact): string => {
  if (data?.method === "totp") return "authenticator app";
  if (data?.method !== "passkey") return "second factor";
  const name = text(data.name);
  return name ? `passkey “${name}”` : "passkey";
};

const subjectOfFactor = ({ data }: Fact, done: "added" | "removed"): string =>
  `A ${data?.method === "passkey" ? "passkey" : "second factor"} was ${done} at Mission Control`;

const tells: Partial<Record<FactKind, Tell>> = {
  "security.password_changed": ({ data }) => ({
    subject: "Your Mission Control password was changed",
    sentence:
      data?.by === "recovery code"
        ? "a new password was set with one of your recovery codes, and the other codes are void"
        : "your password was changed",
  }),
  "security.password_reset": () => ({
    subject: "Your Mission Control password was changed",
    sentence: "a new password was set with a link that was sent to your address, and every session has ended",
  }),
  "security.second_factor_added": (fact) => ({
    subject: subjectOfFactor(fact, "added"),
    sentence: `${fact.data?.method === "totp" ? "an" : "the"} ${factorOf(fact)} was added to your account`,
  }),
  "security.second_factor_removed": (fact) => ({
    subject: subjectOfFactor(fact, "removed"),
    sentence: `the ${factorOf(fact)} of your account was removed`,
  }),
  "security.recovery_codes_made": () => ({
    subject: "New recovery codes for Mission Control",
    sentence: "new recovery codes were made for your account; the old ones are void",
  }),
  "security.sso_linked": () => ({
    subject: "Single sign-on was joined to your Mission Control account",
    sentence: "your account was joined with single sign-on, which opens it from now on",
  }),
  "security.account_locked": ({ data }) => {
    const until = text(data?.until);
    return {
      subject: "Your Mission Control account is locked",
      sentence: `your account was locked${until ? ` until ${inUtc(until)}` : ""}, because wrong passwords were tried too often`,
    };
  },
  "security.device_approved": ({ data }) => ({
    subject: "A program was let in to Mission Control",
    sentence: `the program “${text(data?.client) ?? "unknown"}” was let in, in your name`,
  }),
  "user.role_changed": ({ before, after }) => ({
    subject: "Your role at Mission Control was changed",
    sentence: `your role was changed from ${text(before?.role) ?? "another one"} to ${text(after?.role) ?? "another one"}`,
  }),
  "user.changed": ({ before, after }) => {
    const is = text(after?.email);
    if (!is || is === before?.email) return null;
    return {
      subject: "Your Mission Control e-mail address was changed",
      sentence: `the e-mail address of your account was changed to ${is}`,
    };
  },
};

/**
 * What the person concerned is told of a fact, null when that is nothing. `batch` are facts read with it: codes that
 * came with a new account or a new app are no news of their own. Facts of one unit share their moment.
 */
export function happeningOf(fact: Fact, batch: readonly Fact[]): Happening | null {
  if (fact.target?.kind !== "user") return null;
  if (fact.kind === "security.recovery_codes_made" && batch.some((other) => broughtCodes(other, fact))) {
    return null;
  }
  return tells[fact.kind]?.(fact) ?? null;
}

const broughtCodes = (other: Fact, codes: Fact): boolean =>
  (other.kind === "user.created" || other.kind === "security.second_factor_added") &&
  other.target?.id === codes.target?.id &&
  other.at === codes.at;

/** `2026-11-21T11:14:05.120Z` as `21 November 2026, 11:14 UTC`. */
export const inUtc = (at: string): string =>
  `${new Intl.DateTimeFormat("en-GB", {
    day: "numeric",
    month: "long",
    year: "numeric",
    timeZone: "UTC",
  }).format(new Date(at))}, ${at.slice(11, 16)} UTC`;
