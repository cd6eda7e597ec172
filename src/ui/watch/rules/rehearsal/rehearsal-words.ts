import type { Rehearsal } from "@/contracts/watch/rehearsal";
import { formatDuration } from "../../../format/duration";
import { countOf, formatCount } from "../../../format/quantity";

const dayMs = 86_400_000;
const minuteMs = 60_000;

/** "once", "twice", "12 times". */
export function timesWords(count: number): string {
  if (count === 1) return "once";
  return count === 2 ? "twice" : `${formatCount(count)} times`;
}

/** "7 days"; a part of a day counts as one. */
export function spanOf({ from, to }: Pick<Rehearsal, "from" | "to">): string {
  return countOf(Math.max(1, Math.round((Date.parse(to) - Date.parse(from)) / dayMs)), "day");
}

const subjectWords: Partial<Record<Rehearsal["episodes"][number]["subject"]["kind"], string>> = {
  agent: "agent",
  host: "host",
  certificate: "certificate",
  "agent-key": "key",
  "api-token": "token",
  "join-token": "token",
};

/** What it fired for: "for 3 agents"; what is about the fleet or ourselves needs no count. */
function forWhom({ episodes, subjects }: Rehearsal): string {
  const kinds = new Set(episodes.map(({ subject }) => subjectWords[subject.kind] ?? ""));
  const [kind = ""] = kinds;
  if (kinds.size > 1) return ` for ${countOf(subjects, "thing")}`;
  return kind === "" ? "" : ` for ${countOf(subjects, kind)}`;
}

/** The answer in a sentence, in pieces: what is `strong` is what one looks for. */
export function rehearsalWords(rehearsal: Rehearsal): { text: string; strong: boolean }[] {
  const { firings, messages, worstHour, firingMs } = rehearsal;
  if (firings === 0)
    return [
      { text: "It would not have fired", strong: true },
      { text: ".", strong: false },
    ];
  const said = [
    { text: "It would have fired ", strong: false },
    { text: timesWords(firings), strong: true },
    {
      text: `${forWhom(rehearsal)}, ${formatDuration(Math.round(firingMs / 1000) * 1000)} in all`,
      strong: false,
    },
    { text: ", and sent ", strong: false },
    { text: countOf(messages, "message"), strong: true },
  ];
  if (worstHour && worstHour.messages > 1 && messages > worstHour.messages)
    said.push({ text: `, ${formatCount(worstHour.messages)} in the worst hour`, strong: false });
  return [...said, { text: ".", strong: false }];
}

/** What it cannot know: data that was not kept, and times when nobody looked. */
export function gapWords(
  { from, to, dataFrom, blind, notes }: Rehearsal,
  day: (at: string) => string,
): string[] {
  const said = [...notes];
  if (dataFrom !== null && dataFrom >= to)
    said.push("There is no data of this kind yet, so it says nothing about reality.");
  else if (dataFrom !== null && Date.parse(dataFrom) - Date.parse(from) > minuteMs)
    said.push(`Data of this kind only reaches back to ${day(dataFrom)}; what was before is not known.`);
  const blindMs = blind.reduce((sum, span) => sum + Date.parse(span.to) - Date.parse(span.from), 0);
  if (blind.length > 0)
    said.push(
      `Monitoring was blind ${timesWords(blind.length)}, ${formatDuration(blindMs)} in all; nothing is said about then.`,
    );
  return said;
}

/** The saved rule beside the draft: "the saved rule: 2 times, 3 messages". */
export function savedWords({ firings, messages }: Rehearsal): string {
  if (firings === 0) return "the saved rule: never";
  return `the saved rule: ${timesWords(firings)}, ${countOf(messages, "message")}`;
}
