import type { ChannelTemplate } from "@/contracts/watch/channel";
import { invalid } from "@/domain/kernel";

/** Places that a template may have; besides `label.x` for any label x. */
export const places = [
  "title",
  "subject",
  "group",
  "host",
  "severity",
  "rule",
  "summary",
  "since",
  "lasted",
  "lastKnown",
  "runbook",
  "count",
  "state",
  "link",
] as const;
export type Place = (typeof places)[number];

/** What stands at each place in one message. */
export type PlaceValues = Record<Place, string> & { labels: Record<string, string> };

const anyPlace = /\{\{([^{}]*)\}\}/g;
const labelPlace = /^label\.([a-z][a-z0-9_-]{0,39})$/;
const known = new Set<string>(places);

/** Refuses places that nothing stands at: a typo found now, not at three in the morning. */
export function checkTemplate(template: ChannelTemplate | null): void {
  for (const text of [template?.title ?? "", template?.body ?? ""]) {
    for (const [whole, inside = ""] of text.matchAll(anyPlace)) {
      const name = inside.trim();
      if (known.has(name) || labelPlace.test(name)) continue;
      const list = places.map((place) => `{{${place}}}`).join(", ");
      throw invalid(
        `The words hold ${whole}, which stands for nothing. There are ${list} and {{label.x}} for the label x.`,
      );
    }
  }
}

/** The words with the values at their places, as plain text: whoever shows it escapes it as a whole for its channel. */
export function fillTemplate(text: string, values: PlaceValues): string {
  return text.replace(anyPlace, (whole, inside: string) => {
    const name = inside.trim();
    const label = labelPlace.exec(name)?.[1];
    if (label !== undefined) return Object.hasOwn(values.labels, label) ? (values.labels[label] ?? "") : "";
    return known.has(name) ? values[name as Place] : whole;
  });
}
