import type { ConditionKind } from "@/contracts/watch/condition";
import type { News } from "./news";
import type { Observation } from "./observation";
import type { WatchingRule } from "./rules-of-kind";

/** What news mean to a rule about an agent; the subject and the scope are added by who asks. */
export type Sight = Pick<Observation, "truth" | "since" | "summary"> &
  Partial<Pick<Observation, "lastKnown" | "count" | "final">>;

/** A reader of one kind: null when the news mean nothing to it. Pure, so that a rehearsal sees the same. */
export type SightOf<Kind extends ConditionKind> = (news: News, rule: WatchingRule<Kind>) => Sight | null;
