"use client";

import { Plus, Trash2 } from "lucide-react";
import { useState } from "react";
import type { Channel } from "@/contracts/watch/channel";
import type { Rule } from "@/contracts/watch/rule";
import { trpc } from "../../api/trpc";
import { Awaited } from "../../people/awaited";
import { ConfirmDialog } from "../../people/confirm-dialog";
import { useWhyNot } from "../../people/me";
import { Section } from "../../people/section";
import { tellFailure } from "../../people/tell";
import { ButtonWithReason } from "../../primitives/button-with-reason";
import { Card } from "../../primitives/card";
import { EmptyState } from "../../primitives/empty-state";
import { toast } from "../../primitives/toast";
import { NewRule } from "./new-rule";
import { RuleEditor } from "./rule-editor";

export function RulesPage() {
  const rules = trpc.rules.list.useQuery({});
  const channels = trpc.channels.list.useQuery({});
  const because = useWhyNot("rules:manage");
  const [adding, setAdding] = useState(false);
  const known = channels.data?.items ?? [];
  return (
    <Section
      title="Rules"
      lead="What is worth waking somebody for, each as a sentence. Its words are the settings."
      action={
        <ButtonWithReason
          variant="primary"
          onClick={() => setAdding(true)}
          {...(because ? { offBecause: because } : {})}
        >
          <Plus aria-hidden="true" />
          Add a rule
        </ButtonWithReason>
      }
    >
      <div className="grid gap-3 max-md:px-3">
        {adding ? <NewRule channels={known} onDone={() => setAdding(false)} /> : null}
        <Awaited query={rules} rows={3}>
          {({ items }) =>
            items.length === 0 && !adding ? (
              <EmptyState title="No rule, so no alert">
                Add one: “When any agent is offline, tell Ops Teams” is a good first one.
              </EmptyState>
            ) : (
              items.map((rule) => <RuleCard key={rule.id} rule={rule} channels={known} because={because} />)
            )
          }
        </Awaited>
      </div>
    </Section>
  );
}

function RuleCard({
  rule,
  channels,
  because,
}: {
  rule: Rule;
  channels: readonly Channel[];
  because: string | undefined;
}) {
  const cache = trpc.useUtils();
  const [asking, setAsking] = useState(false);
  const remove = trpc.rules.remove.useMutation({
    onSuccess: async () => {
      setAsking(false);
      toast.done({ title: `The rule “${rule.name}” is gone` });
      await cache.rules.list.invalidate();
    },
    onError: tellFailure(`The rule “${rule.name}” was not deleted`),
  });
  return (
    <Card className="px-4 py-3">
      <RuleEditor
        rule={rule}
        channels={channels}
        title={<h2 className="cut text-base">{rule.name}</h2>}
        actions={
          <ButtonWithReason
            variant="ghost"
            size="icon"
            aria-label={`Delete the rule ${rule.name}`}
            onClick={() => setAsking(true)}
            {...(because ? { offBecause: because } : {})}
          >
            <Trash2 aria-hidden="true" />
          </ButtonWithReason>
        }
      />
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={`Delete “${rule.name}”?`}
        does="Delete the rule"
        busy={remove.isPending}
        onConfirm={() => remove.mutate({ id: rule.id })}
      >
        <p>
          What it fires is resolved now, and the channels are told so. Past alerts stay. To pause it, switch
          it off instead.
        </p>
      </ConfirmDialog>
    </Card>
  );
}
