"use client";

import { BellOff } from "lucide-react";
import Link from "next/link";
import { useMemo } from "react";
import type { ListedRule } from "@/contracts/watch/rule";
import { refusalOf } from "../../api/refusal";
import { trpc } from "../../api/trpc";
import { Awaited } from "../../people/awaited";
import { tellFailure } from "../../people/tell";
import { EmptyState } from "../../primitives/empty-state";
import { TextLink } from "../../primitives/text-link";
import { toast } from "../../primitives/toast";
import { ShellPage } from "../../shell/shell-page";
import { RuleEditor, type SaveRule } from "./editor/rule-editor";
import { RuleHistory } from "./history/rule-history";
import { RuleActions } from "./list/rule-actions";
import { RuleSwitch } from "./list/rule-switch";
import { useRules } from "./use-rules";
import { draftOf } from "./words/draft";

/** One rule: its sentence, what it would have done, and what it was before. */
export function RulePage({ id }: { id: string }) {
  const rules = useRules();
  return (
    <div className="min-h-0 flex-1 overflow-y-auto">
      <div className="mx-auto max-w-[1240px] px-4 py-5 md:px-6">
        <BackToRules />
        <Awaited query={rules} rows={6}>
          {({ items }) => {
            const rule = items.find((one) => one.id === id);
            return rule ? <KnownRule key={rule.id} rule={rule} /> : <NoRule />;
          }}
        </Awaited>
      </div>
    </div>
  );
}

export function BackToRules() {
  return (
    <p className="mb-1 text-xs">
      <TextLink asChild>
        <Link href="/alerts/rules">All rules</Link>
      </TextLink>
    </p>
  );
}

function NoRule() {
  return (
    <EmptyState title="There is no such rule" icon={<BellOff />}>
      <h1 className="sr-only">Rule</h1>
      It was deleted, or the address is wrong. A deleted rule’s alerts and its versions stay in the audit log.
    </EmptyState>
  );
}

function KnownRule({ rule }: { rule: ListedRule }) {
  const cache = trpc.useUtils();
  const start = useMemo(() => draftOf(rule), [rule]);
  const change = trpc.rules.change.useMutation();
  const save: SaveRule = (draft, version, { onDone, onRefused }) =>
    change.mutate(
      { ...draft, id: rule.id, ...(version === undefined ? {} : { version }) },
      {
        onSuccess: async (saved) => {
          onDone(saved);
          toast.done({ title: `“${saved.name}” is saved`, detail: `version ${saved.version}` });
          for (const hint of saved.hints) toast.done({ title: hint });
          await cache.rules.invalidate();
        },
        onError: async (error) => {
          // The newest one then comes with the list, and the editor shows both.
          if (refusalOf(error).code === "conflict") await cache.rules.list.invalidate();
          else onRefused(error);
          if (refusalOf(error).code !== "invalid") tellFailure(`“${rule.name}” was not saved`)(error);
        },
      },
    );
  return (
    <RuleEditor
      rule={rule}
      start={start}
      title={
        <>
          <ShellPage title={rule.name} />
          <h1 className="cut min-w-0 text-xl">{rule.name}</h1>
          <span className="num text-muted-foreground text-xs">version {rule.version}</span>
        </>
      }
      does={`Save version ${rule.version + 1}`}
      busy={change.isPending}
      save={save}
      actions={
        <>
          <RuleSwitch rule={rule} />
          <RuleActions rule={rule} onPage />
        </>
      }
    >
      <RuleHistory rule={rule} />
    </RuleEditor>
  );
}
