import type { Alert } from "@/contracts/watch/alert";
import type { AlertStory, StoryEntry } from "@/contracts/watch/story";
import type { Ctx } from "@/domain/kernel";
import { getAlert } from "../find";
import { readActs } from "./read-acts";
import { readMessages } from "./read-messages";
import { readNext } from "./read-next";
import { readComments, readSteps } from "./read-words";

const mostEntries = 500;

/** The alert and everything that happened to it, oldest first. Throws not-found, also for one of another account. */
export async function storyOfAlert(ctx: Ctx, id: string): Promise<AlertStory> {
  const alert = await getAlert(ctx, id);
  const [acts, comments, steps, messages, next] = await Promise.all([
    readActs(ctx, id, mostEntries),
    readComments(ctx, id, mostEntries),
    readSteps(ctx, id, mostEntries),
    readMessages(ctx, id, mostEntries),
    readNext(ctx, alert),
  ]);
  const later = [...acts, ...comments, ...steps, ...messages, ...endOf(alert)].sort(inOrder);
  const fired: StoryEntry = { kind: "fired", id: "fired", at: alert.firedAt };
  // Of a story without end the beginning and the newest are what people look for.
  return { alert, entries: [fired, ...later.slice(1 - mostEntries)], next };
}

function endOf({ resolvedAt }: Alert): StoryEntry[] {
  return resolvedAt ? [{ kind: "resolved", id: "resolved", at: resolvedAt }] : [];
}

/** What happened in the same moment stands in the order in which one thing leads to the other. */
const rank: Record<StoryEntry["kind"], number> = {
  fired: 0,
  flapping: 1,
  act: 2,
  resolved: 3,
  step: 4,
  message: 5,
};
const inOrder = (left: StoryEntry, right: StoryEntry) =>
  left.at === right.at ? rank[left.kind] - rank[right.kind] : left.at < right.at ? -1 : 1;
