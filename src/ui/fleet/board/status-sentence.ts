import type { Agent } from "@/contracts/fleet/agent";
import { formatDuration } from "../../format/duration";
import { clockTime } from "../../format/exact-time";
import { toMs } from "../../format/instant";

/** The Now cell when nobody's hand is on the agent: what it does, or why it does nothing. */
export function nowSentence(agent: Agent, nowMs: number): string {
  const { status, activity, task } = agent;
  if (status === "offline") {
    const since = agent.lastBeatAt ?? agent.statusSince;
    return joined(`Silent since ${clockTime(since)}`, task && `was at: ${task}`);
  }
  if (status === "unknown")
    return joined(`Cannot be known since ${clockTime(agent.statusSince)}`, task && `was at: ${task}`);
  if (status === "never-connected") return "Made, not yet seen";
  if (status === "stopped") return `Ended on purpose at ${clockTime(agent.statusSince)}`;
  if (status === "paused") return joined("Paused by a person", task);
  if (activity === "stuck") return joined(noProgress(agent, nowMs), task);
  if (activity === "waiting") return task ? question(task) : "Waits for a human";
  return task ?? (activity === "working" ? "Has not said what it does" : "Nothing to do");
}

function joined(first: string, rest: string | null): string {
  return rest ? `${first}. ${rest.charAt(0).toUpperCase()}${rest.slice(1)}` : first;
}

/** Some programs say themselves that they ask. */
function question(task: string): string {
  return /^asks?\b/i.test(task) ? task : `Asks: ${task}`;
}

function noProgress(agent: Agent, nowMs: number): string {
  const since = agent.progressAt ?? agent.statusSince;
  return nowMs > 0 ? `No progress for ${formatDuration(nowMs - toMs(since))}` : "No progress";
}

/** What the badge claims, as the head of its evidence: "Silent for 4 min 53 s". */
export function claimSentence(agent: Agent, nowMs: number): string {
  const forMs = formatDuration(nowMs - toMs(agent.statusSince));
  if (agent.status === "offline") {
    const last = agent.lastBeatAt;
    return last ? `Silent for ${formatDuration(nowMs - toMs(last))}` : "Never heard";
  }
  if (agent.status === "online") {
    if (agent.activity === "stuck") return noProgress(agent, nowMs);
    if (agent.activity === "waiting") return "Waits for a human";
    return agent.activity === "working" ? "Beats and makes progress" : "Beats, has nothing to do";
  }
  const claims: Record<Exclude<Agent["status"], "offline" | "online">, string> = {
    restarting: `Restarting for ${forMs}`,
    stopping: `Stopping for ${forMs}`,
    updating: `Updating for ${forMs}`,
    paused: `Paused for ${forMs}`,
    stopped: `Stopped ${forMs} ago`,
    unknown: `Cannot be known for ${forMs}`,
    "never-connected": "Made, not yet seen",
  };
  return claims[agent.status];
}
