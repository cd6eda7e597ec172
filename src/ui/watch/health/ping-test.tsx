"use client";

import { Send } from "lucide-react";
import type { PingResult } from "@/contracts/watch/dead-man";
import { trpc } from "../../api/trpc";
import { formatDuration } from "../../format/duration";
import { ExactTime } from "../../format/time";
import { tellFailure } from "../../people/tell";
import { ButtonWithReason } from "../../primitives/button-with-reason";
import { AnswerLine } from "../answer-line";

/** Sends one ping now, whether they are on or off, and shows what the service really answered. */
export function PingTest({ target }: { target: string | null }) {
  const test = trpc.deadMan.test.useMutation({ onError: tellFailure("No ping was sent") });
  return (
    <div className="mt-3">
      <ButtonWithReason
        busy={test.isPending}
        onClick={() => test.mutate({})}
        {...(target === null ? { offBecause: "Save the address first." } : {})}
      >
        <Send aria-hidden="true" />
        Send a test ping
      </ButtonWithReason>
      {test.data ? <PingAnswer result={test.data} /> : null}
    </div>
  );
}

function PingAnswer({ result: { ok, status, answer, tookMs, at } }: { result: PingResult }) {
  return (
    <div
      role="status"
      data-slot="ping-answer"
      data-tone={ok ? "online" : "offline"}
      className="mt-2 max-w-xl rounded-md border text-xs"
    >
      <AnswerLine
        ok={ok}
        words={ok ? "Taken" : "Not taken"}
        status={status}
        silent="no answer came"
        aside={
          <>
            <ExactTime at={at} />, {formatDuration(tookMs)}
          </>
        }
      />
      {answer ? (
        <pre className="mono max-h-48 overflow-auto whitespace-pre-wrap border-t px-2.5 py-1.5 text-muted-foreground [overflow-wrap:anywhere]">
          {answer}
        </pre>
      ) : null}
    </div>
  );
}
