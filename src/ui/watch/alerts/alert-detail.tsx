"use client";

import { ChevronLeft } from "lucide-react";
import Link from "next/link";
import { useCallback, useMemo, useState } from "react";
import type { Alert } from "@/contracts/watch/alert";
import { RelativeTime } from "../../format/time";
import { Awaited } from "../../people/awaited";
import { Badge } from "../../primitives/badge";
import { ShellPage } from "../../shell/shell-page";
import { severityLook } from "../severity";
import { SilenceDialog } from "../silences/silence-dialog";
import { silenceFromAlert } from "../silences/silence-start";
import { ActionBar } from "./action-bar";
import { AlertFacts } from "./alert-facts";
import { alertFilterAddress } from "./alert-filter";
import { AlertShape } from "./alert-shape";
import { CommentBox } from "./comment-box";
import { Lookers } from "./lookers";
import { Runbook } from "./runbook";
import { StoryList } from "./story-list";
import { useAlertFilter } from "./use-alert-filter";
import { useAlertKeys } from "./use-alert-keys";
import { useStory } from "./use-story";

/** One alert: what is wrong, what can be done about it, and everything that happened to it. */
export function AlertDetail({ alert, opened }: { alert: Alert; opened: boolean }) {
  const story = useStory(alert);
  const [filter] = useAlertFilter();
  const firing = alert.state === "firing";
  const [silencing, setSilencing] = useState(false);
  const silence = useCallback(() => setSilencing(true), []);
  useAlertKeys(alert);
  const phoneBar = useMemo(
    () => (opened && firing ? <ActionBar alert={alert} place="phone" onSilence={silence} /> : undefined),
    [opened, firing, alert, silence],
  );
  return (
    <section aria-label={`Alert about ${alert.subject.name}`} className="px-6 py-4 max-md:px-4">
      {opened ? <ShellPage title="Alerts" phoneBar={phoneBar} /> : null}
      <Link
        href={`/alerts${alertFilterAddress(filter)}`}
        className="mb-2 -ml-1 inline-flex h-11 items-center gap-1 font-medium text-muted-foreground md:hidden"
      >
        <ChevronLeft aria-hidden="true" className="size-4" />
        All alerts
      </Link>
      <header className="flex flex-wrap items-center gap-x-2.5 gap-y-2">
        <h2 className="cut text-lg">{alert.subject.name}</h2>
        <Badge variant="tinted" tone={firing ? severityLook(alert.severity).tone : "online"}>
          <AlertShape alert={alert} />
          {firing ? (
            <>
              {severityLook(alert.severity).word}, firing <RelativeTime at={alert.firedAt} />
            </>
          ) : (
            "Resolved"
          )}
        </Badge>
        {alert.flapping ? (
          <Badge variant="tinted" tone="stuck">
            Flapping
          </Badge>
        ) : null}
        <Lookers alertId={alert.id} />
      </header>
      <p className="mt-1 max-w-prose text-base">{alert.summary}</p>
      {firing ? (
        <div className="mt-3 max-md:hidden">
          <ActionBar alert={alert} place="desk" onSilence={silence} />
        </div>
      ) : null}
      <AlertFacts alert={alert} />
      {alert.runbook ? <Runbook text={alert.runbook} /> : null}
      <h3 className="mt-5 text-sm">Story</h3>
      <Awaited query={story} rows={4}>
        {(told) => <StoryList alert={alert} told={told} />}
      </Awaited>
      <CommentBox alert={alert} />
      <SilenceDialog open={silencing} onOpenChange={setSilencing} start={silenceFromAlert(alert)} />
    </section>
  );
}
