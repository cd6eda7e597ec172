import type { StoryMessage } from "@/contracts/watch/story";

/** One line of an alert's story. `at` null: it has not happened yet. */
export interface StoryLine {
  id: string;
  at: string | null;
  kind:
    | "began"
    | "fired"
    | "flapping"
    | "passed"
    | "held"
    | "told"
    | "waiting"
    | "given-up"
    | "act"
    | "comment"
    | "resolved"
    | "next";
  title: string;
  words: string;
  /** What somebody wrote. */
  quote?: string;
  /** Until when something holds. */
  until?: string;
  message?: StoryMessage;
}
