"use client";

import { trpc } from "../../api/trpc";
import { Button } from "../../primitives/button";
import { toast } from "../../primitives/toast";
import { Awaited } from "../awaited";
import { OnlyFor } from "../only-for";
import { ListFrame, Section } from "../section";
import { tellFailure } from "../tell";
import { StepRow } from "./step-row";
import { useFirstSteps } from "./use-first-steps";

/** From a fresh installation to one that watches and tells. Nobody ticks a step off: each is seen to be so. */
export function FirstStepsPage() {
  return (
    <OnlyFor permission="settings:manage" what="the first steps">
      <FirstSteps />
    </OnlyFor>
  );
}

function FirstSteps() {
  const found = useFirstSteps({ watching: true });
  const cache = trpc.useUtils();
  const change = trpc.onboarding.change.useMutation({
    onSuccess: (now) => {
      cache.onboarding.get.setData({}, now);
      if (now.dismissedAt)
        toast.done({ title: "Put away", detail: "For every admin, until one brings it back." });
    },
    onError: tellFailure("Nothing was changed"),
  });
  const dismissed = Boolean(found.data?.dismissedAt);
  return (
    <Section
      title={found.data?.complete ? "You are set up" : "First steps"}
      lead={
        found.data?.complete
          ? "Everything that has to be there is there. A step shows here again when it no longer holds."
          : "What makes this Mission Control safe and useful. Each step ticks itself off when it is so."
      }
      action={
        found.data ? (
          <Button busy={change.isPending} onClick={() => change.mutate({ dismissed: !dismissed })}>
            {dismissed ? "Show the tab again" : "Put away for all admins"}
          </Button>
        ) : null
      }
    >
      <ListFrame label="First steps">
        <Awaited query={found} rows={5}>
          {({ steps }) => (
            <ol aria-live="polite">
              {steps.map((step) => (
                <StepRow key={step.name} {...step} />
              ))}
            </ol>
          )}
        </Awaited>
      </ListFrame>
    </Section>
  );
}
