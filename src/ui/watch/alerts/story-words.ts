import type { AlertStep } from "@/contracts/watch/alert";

const stageWords: Record<AlertStep["stage"], string> = {
  route: "Route",
  group: "Gathering",
  inhibit: "Muted",
  silence: "Silenced",
  snooze: "Snoozed",
  "quiet-hours": "Quiet hours",
  recovery: "Seems to be over",
  deduplicate: "Told before",
  throttle: "Too many messages",
  escalate: "Escalation",
  outbox: "Telling",
};

/** What a stage is called in a story; planned work by its own name, one that is newer than this page by its own word. */
export function stageTitle(stage: AlertStep["stage"], reason: string): string {
  if (stage === "silence" && reason.startsWith("Maintenance ")) return "Maintenance";
  return stageWords[stage] ?? stage;
}

/** "Silenced by Mira" under the title "Silenced" is "by Mira": nothing is said twice in a line. */
export function withoutTitle(reason: string, title: string): string {
  const beginnings = [`${title} `, `${title}: `, `By the ${title.toLowerCase()} `];
  const said = beginnings.find((beginning) => reason.startsWith(beginning)) ?? "";
  return reason.slice(said.length);
}
