"use client";

import { CloudOff, Database, EyeOff, Network } from "lucide-react";
import { useState } from "react";
import { clockTime, exactTime } from "../../format/exact-time";
import { useFreshness, useHealth, useNotices } from "../../live/hooks";
import { Alert } from "../../primitives/alert";
import { Button } from "../../primitives/button";

/** What everyone must know before believing the page: disconnected, not saved, or blind for a while. */
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
          <b>The database does not answer since {clockTime(health.since)}.</b> Beats are shown but not saved
          yet, and actions wait. {health.note}
        </Alert>
      ) : null}
      {health && !health.bus ? (
        <Alert tone="waiting" shape="banner" icon={<Network aria-hidden="true" />}>
          <b>Other servers cannot be heard since {clockTime(health.since)}.</b> Agents connected to them look
          older than they are. {health.note}
        </Alert>
      ) : null}
      <BlindNotices />
    </>
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
  const dismiss = (id: string) => {
    const next = [...gone, id].slice(-50);
    window.localStorage.setItem(dismissedKey, JSON.stringify(next));
    setDismissed(next);
  };
  return notices
    .filter(({ id }) => !gone.includes(id))
    .slice(-2)
    .map((notice) => (
      <Alert
        key={notice.id}
        shape="banner"
        icon={<EyeOff aria-hidden="true" />}
        actions={
          <Button variant="ghost" onClick={() => dismiss(notice.id)}>
            Dismiss
          </Button>
        }
      >
        <b>
          Monitoring was blind from <span title={exactTime(notice.from)}>{clockTime(notice.from)}</span> to{" "}
          {clockTime(notice.to)}.
        </b>{" "}
        {notice.text}
      </Alert>
    ));
}
