import type { Subject } from "@/contracts/watch/alert";
import type { Standing } from "../rules/decide";

/** Where a rule stands with a subject, as a transaction reads it and moves it on. */
export type Episode = {
  ruleId: string;
  /** `kind:id` of the subject. */
  key: string;
  subject: Subject;
  agentId: string | null;
  standing: Standing | null;
  /** The alert that fires, or waits to resolve. */
  alertId: string | null;
  /** Whether the row is in the table. */
  stored: boolean;
};

/** Key of an episode among others. */
export const episodeKey = (ruleId: string, subjectKey: string): string => `${ruleId} ${subjectKey}`;
