"use client";

import { CloudOff, Database, EyeOff, Network, ServerOff } from "lucide-react";
import { useState } from "react";
import { clockTime, exactTime } from "../../format/exact-time";
import { countOf } from "../../format/quantity";
import { useHasCome } from "../../format/ticker";
import { useFreshness, useHealth, useNotices } from "../../live/hooks";
import { Alert } from "../../primitives/alert";
import { Button } from "../../primitives/button";

/** What everyone must know before believing the page: disconnected, not saved, not watched, or blind for a while. */
export function LiveBanner() {
  const { state, dataFrom } = useFreshness();
  const health = useHealth();
  return (
    <>
      {state === "disconnected" ? (
        <Alert tone="offline" shape="banner" role="alert" icon={<CloudOff aria-hidden="true" />}>
          <b>Disconnected.</b> What you see is from {dataFrom ? clockTime(dataFrom) : "before"}; actions are
          off until the connection is back. It is tried again by itself.
        </Alert>
      ) : null}
      {health && !health.db ? (
        <Alert tone="waiting" shape="banner" icon={<Database aria-hidden="true" />}>
          <b>The database does not answer since {clockTime(health.since)}.</b> What you see is live but not
          saved yet; actions are off until it is back.
        </Alert>
      ) : null}
      {health && !health.bus ? (
        <Alert tone="waiting" shape="banner" icon={<Network aria-hidden="true" />}>
          <b>Other servers cannot be heard since {clockTime(health.since)}.</b> Agents connected to them look
          older than they are.
        </Alert>
      ) : null}
      {health?.db && health.bus && health.note ? (
        <IdleServers note={health.note} sinceMs={health.since} />
      ) : null}
      <BlindNotices />
    </>
  );
}

/** A restart hands the work over to another server, which takes a moment and is nothing to tell of. */
const handOverMs = 15_000;

/** Mounted as long as some work lies idle, so it counts from when the first did: `since` is of the last change. */
function IdleServers({ note, sinceMs }: { note: string; sinceMs: number }) {
  const [fromMs] = useState(sinceMs);
  if (!useHasCome(fromMs + handOverMs)) return null;
  return (
    <Alert tone="waiting" shape="banner" icon={<ServerOff aria-hidden="true" />}>
      <b>Some of the servers' own work lies idle since {clockTime(fromMs)}.</b> Statuses may be old, and
      alerts and messages late or missing. {note} It goes on by itself once a server takes it; if none does,
      an admin should look at the servers' logs.
    </Alert>
  );
}

const dismissedKey = "mission-control:dismissed-notices";

function readDismissed(): string[] {
  try {
    return JSON.parse(window.localStorage.getItem(dismissedKey) ?? "[]") as string[];
  } catch {
    return [];
  }
}

function BlindNotices() {
  const notices = useNotices();
  const [dismissed, setDismissed] = useState<readonly string[] | null>(null);
  if (notices.length === 0) return null;
  const gone = dismissed ?? readDismissed();
  const dismiss = (ids: readonly string[]) => {
    const next = [...gone, ...ids].slice(-50);
    window.localStorage.setItem(dismissedKey, JSON.stringify(next));
    setDismissed(next);
  };
  const unread = notices.filter(({ id }) => !gone.includes(id));
  const last = unread.at(-1);
  if (!last) return null;
  const before = unread.length - 1;
  return (
    <Alert
      shape="banner"
      icon={<EyeOff aria-hidden="true" />}
      actions={
        <Button variant="ghost" onClick={() => dismiss(unread.map(({ id }) => id))}>
          Dismiss
        </Button>
      }
    >
      <b>
        Monitoring was blind from <span title={exactTime(last.from)}>{clockTime(last.from)}</span> to{" "}
        {clockTime(last.to)}.
      </b>{" "}
      <span className="max-md:hidden">{last.text}</span>
      {before > 0 ? ` It was blind ${countOf(before, "more time")} before that.` : null}
    </Alert>
  );
}
