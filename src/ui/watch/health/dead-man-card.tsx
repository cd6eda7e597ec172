"use client";

import type { DeadMan } from "@/contracts/watch/dead-man";
import { trpc } from "../../api/trpc";
import { RelativeTime } from "../../format/time";
import { Awaited } from "../../people/awaited";
import { tellFailure } from "../../people/tell";
import { Card, CardBody, CardHeader } from "../../primitives/card";
import { Switch } from "../../primitives/switch";
import { toast } from "../../primitives/toast";
import { answerWords } from "../answer-words";
import { spanWords } from "../words/span-words";
import { DeadManForm } from "./dead-man-form";
import { PingTest } from "./ping-test";

const askEveryMs = 5_000;

/** For admins: where the dead-man ping goes, how often, how the last one went, and one to try. */
export function DeadManCard() {
  const deadMan = trpc.deadMan.get.useQuery({}, { refetchInterval: askEveryMs });
  return (
    <Card className="mt-6 max-md:rounded-none max-md:border-x-0" aria-label="Dead-man ping">
      <CardHeader title="Dead-man ping">
        {deadMan.data?.target ? <PingSwitch enabled={deadMan.data.enabled} /> : null}
      </CardHeader>
      <CardBody>
        <p className="mb-4 max-w-prose text-muted-foreground">
          As long as rules are evaluated and messages leave, a service outside gets a call. When the calls
          stop, it raises the alarm that this server no longer can. Any service that misses a call will do,
          such as Healthchecks or a push monitor of Uptime Kuma.
        </p>
        <Awaited query={deadMan} rows={3}>
          {(data) => (
            <>
              <DeadManForm deadMan={data} />
              {data.target ? <Standing deadMan={data} /> : null}
              <PingTest target={data.target} />
            </>
          )}
        </Awaited>
      </CardBody>
    </Card>
  );
}

function PingSwitch({ enabled }: { enabled: boolean }) {
  const cache = trpc.useUtils();
  const change = trpc.deadMan.change.useMutation({
    onSuccess: async (now) => {
      cache.deadMan.get.setData({}, now);
      toast.done({ title: now.enabled ? "Pings leave from now on" : "No pings leave any more" });
      await cache.watch.health.invalidate();
    },
    onError: tellFailure("The dead-man ping was not changed"),
  });
  return (
    <span className="flex items-center gap-2 text-muted-foreground text-xs">
      <Switch
        aria-label="Send the dead-man ping"
        checked={enabled}
        disabled={change.isPending}
        onCheckedChange={(on) => change.mutate({ enabled: on })}
      />
      {enabled ? "On" : "Off"}
    </span>
  );
}

/** How it goes now, in a sentence. */
function Standing({ deadMan: { enabled, periodMs, last, held } }: { deadMan: DeadMan }) {
  return (
    <p role="status" data-slot="dead-man-standing" className="num mt-4 text-muted-foreground text-xs">
      {enabled ? `Every ${spanWords(periodMs)}.` : "Switched off; the address is kept."}
      {enabled && held ? ` Held: ${held}` : ""}
      {last ? (
        <>
          {" "}
          Last ping <RelativeTime at={last.at} suffix="ago" />:{" "}
          <span data-tone={last.ok ? "online" : "offline"} className="text-tone">
            {last.ok ? "taken" : "not taken"}
          </span>
          , {answerWords(last.status, last.answer)}.
        </>
      ) : enabled && !held ? (
        " The first one leaves within seconds."
      ) : null}
    </p>
  );
}
