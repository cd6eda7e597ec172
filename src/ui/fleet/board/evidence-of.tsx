import type { Agent } from "@/contracts/fleet/agent";
import { formatDuration } from "../../format/duration";
import { ExactTime, RelativeTime } from "../../format/time";
import type { Definition } from "../../primitives/definition-list";

/** What made the status what it is. The stored reason is about being online; that it is stuck is told by its beats. */
function deciderOf({ activity, evidence }: Agent): string {
  if (activity === "stuck") return "its own beats: it has work, and does not get on with it";
  return evidence.decidedBy || "the agent's own beats";
}

/** Who says so: the last beat, the key, the host, what it said, what decided. Absent facts have no line. */
export function evidenceRows(agent: Agent): Definition[] {
  const { evidence } = agent;
  const rows: (Definition | null)[] = [
    {
      label: "Last beat",
      value: evidence.lastBeatAt ? (
        <>
          <RelativeTime at={evidence.lastBeatAt} suffix="ago" className="font-strong" />{" "}
          <ExactTime at={evidence.lastBeatAt} millis className="text-muted-foreground" />
        </>
      ) : (
        "never"
      ),
    },
    evidence.keyPrefix ? { label: "Key", value: `${evidence.keyPrefix}…`, mono: true } : null,
    evidence.host
      ? {
          label: "Host",
          value: evidence.pid ? `${evidence.host} pid ${evidence.pid}` : evidence.host,
          mono: true,
        }
      : null,
    agent.task ? { label: "It said", value: agent.task } : null,
    agent.progressAt
      ? { label: "Progress", value: <RelativeTime at={agent.progressAt} suffix="ago" /> }
      : null,
    { label: "Since", value: <ExactTime at={agent.statusSince} /> },
    { label: "Decided by", value: deciderOf(agent) },
    evidence.silentAfterMs > 0
      ? {
          label: "Rule",
          value: `silent after ${formatDuration(evidence.silentAfterMs).replace(".0 ", " ")} without a beat`,
        }
      : null,
  ];
  return rows.filter((row) => row !== null);
}
