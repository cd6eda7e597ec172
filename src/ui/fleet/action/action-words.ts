import type { Command, CommandKind } from "@/contracts/fleet/command";
import { countOf } from "../../format/quantity";

interface ActionWords {
  /** "Restart" */
  verb: string;
  /** "Restart by Jonas" */
  noun: string;
  /** "is about to restart this agent" */
  doing: string;
  /** "restart dialog" */
  dialog: string;
  /** What happens to each, under the title. */
  what: string;
  /** Reasons that fill the field by a click. */
  reasons: readonly string[];
  /** A grace time may be chosen. */
  grace?: true;
}

/** Everything that the page says about a kind of command. */
export const actionWords: Record<CommandKind, ActionWords> = {
  restart: {
    verb: "Restart",
    noun: "Restart",
    doing: "restart",
    dialog: "restart dialog",
    what: "is asked to stop, forced after the time below, then started again.",
    reasons: ["Stuck, no progress", "Config change", "Memory grows", "Host maintenance"],
    grace: true,
  },
  kill: {
    verb: "Kill",
    noun: "Kill",
    doing: "kill",
    dialog: "kill dialog",
    what: "ends at once, without being asked to stop, and stays stopped.",
    reasons: ["Ignores restart", "Does harm", "Runs away with CPU"],
  },
  pause: {
    verb: "Pause",
    noun: "Pause",
    doing: "pause",
    dialog: "pause dialog",
    what: "is stopped in its tracks (SIGSTOP) until it is resumed. Nothing is lost.",
    reasons: ["Host maintenance", "Waits for a decision", "Too much load"],
  },
  resume: {
    verb: "Resume",
    noun: "Resume",
    doing: "resume",
    dialog: "resume dialog",
    what: "goes on where it was stopped.",
    reasons: ["Maintenance is over", "Decision is made"],
  },
  "health-check": {
    verb: "Check health of",
    noun: "Health check",
    doing: "check the health of",
    dialog: "health check",
    what: "is asked how it is. Nothing is stopped.",
    reasons: ["Looks slow", "After a change"],
  },
  "update-config": {
    verb: "Update config of",
    noun: "Config update",
    doing: "update the config of",
    dialog: "config dialog",
    what: "takes its newest config.",
    reasons: ["New config"],
  },
};

/** "Restart 3 agents", "Kill sitemap-crawl". */
export function actionTitle(kind: CommandKind, names: readonly string[]): string {
  const [only] = names;
  const whom = names.length === 1 && only ? only : countOf(names.length, "agent");
  return `${actionWords[kind].verb} ${whom}`;
}

/** "Jonas is about to restart this agent". */
export function intentSentence(person: string, kind: CommandKind): string {
  return `${person} is about to ${actionWords[kind].doing} this agent`;
}

/** "Restart by Jonas": a command, and whose it is. */
export function commandTitle({ kind, requestedBy }: Pick<Command, "kind" | "requestedBy">): string {
  return `${actionWords[kind].noun} by ${requestedBy.name}`;
}
