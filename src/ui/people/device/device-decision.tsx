"use client";

import type { DeviceAsk } from "@/contracts/people/oauth";
import { refusalOf } from "../../api/refusal";
import { trpc } from "../../api/trpc";
import { RelativeTime } from "../../format/time";
import { Button } from "../../primitives/button";
import { DefinitionList } from "../../primitives/definition-list";
import { FormAlert } from "../form-alert";
import { scopeWords } from "../tokens/scope-words";

/** What asks, from where and for what; refusing is as easy as letting in. */
export function DeviceDecision({
  ask,
  onDecided,
  onOther,
}: {
  ask: DeviceAsk;
  onDecided: (how: "approved" | "refused") => void;
  onOther: () => void;
}) {
  const decide = trpc.oauth.decide.useMutation({
    onSuccess: (_, { approve }) => onDecided(approve ? "approved" : "refused"),
  });
  const answer = (approve: boolean) => decide.mutate({ ask: ask.ask, approve });
  const approving = decide.isPending && decide.variables.approve;
  return (
    <div className="grid gap-4">
      <DefinitionList
        rows={[
          { label: "Calls itself", value: <b className="font-strong">{ask.clientName}</b> },
          { label: "Comes from", value: ask.ip ?? "an unknown address", mono: true },
          { label: "Asked", value: <RelativeTime at={ask.askedAt} suffix="ago" /> },
          {
            label: "May then",
            value: (
              <ul>
                {ask.scopes.map((scope) => (
                  <li key={scope}>{scopeWords[scope]}</li>
                ))}
              </ul>
            ),
          },
        ]}
      />
      <p className="text-muted-foreground text-sm">
        It stays in until you sign it out, for up to 30 days after its last use.
      </p>
      <FormAlert message={decide.error ? refusalOf(decide.error).message : undefined} />
      <div className="grid grid-cols-2 gap-2">
        <Button
          size="lg"
          className="h-10"
          busy={decide.isPending && !approving}
          disabled={decide.isPending}
          onClick={() => answer(false)}
        >
          Refuse
        </Button>
        <Button
          variant="primary"
          size="lg"
          className="h-10"
          busy={approving}
          disabled={decide.isPending}
          onClick={() => answer(true)}
        >
          Let it in
        </Button>
      </div>
      <Button variant="ghost" onClick={onOther}>
        Another code
      </Button>
    </div>
  );
}
