import { exitCodes } from "@/contracts/trust/rescue";
import { type Matcher, matcherOps, matcherSchema } from "@/contracts/watch/matcher";
import { Failure } from "../../connection/fail";

/** `group=web`, `severity!=info`, `agent=~web-.*`, as one types them. */
export function matchersOf(texts: readonly string[]): Matcher[] {
  return texts.map((text) => {
    const [, label, op, value] = /^\s*([a-z][a-z0-9_-]*)\s*(=~|!~|!=|=)(.*)$/s.exec(text) ?? [];
    const matcher = matcherSchema.safeParse({ label, op, value: value?.trim() });
    if (matcher.success) return matcher.data;
    throw new Failure(
      `${text} is no matcher. Give a label, one of ${matcherOps.join(" ")} and a value, such as group=web.`,
      exitCodes.usage,
    );
  });
}

export const matcherWords = (matchers: readonly Matcher[]): string =>
  matchers.map(({ label, op, value }) => `${label}${op}${value || '""'}`).join(" ");
