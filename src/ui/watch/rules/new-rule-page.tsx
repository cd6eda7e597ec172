"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import type { ConditionKind } from "@/contracts/watch/condition";
import { refusalOf } from "../../api/refusal";
import { trpc } from "../../api/trpc";
import { tellFailure } from "../../people/tell";
import { toast } from "../../primitives/toast";
import { ShellPage } from "../../shell/shell-page";
import { RuleEditor, type SaveRule } from "./editor/rule-editor";
import { BackToRules } from "./rule-page";
import { newDraft } from "./words/draft";

/** A rule that is being written; it is named by its own sentence. */
export function NewRulePage({ kind }: { kind: ConditionKind }) {
  const router = useRouter();
  const cache = trpc.useUtils();
  const [start] = useState(() => newDraft(kind));
  const create = trpc.rules.create.useMutation();
  const save: SaveRule = (draft, _version, { onDone, onRefused }) =>
    create.mutate(draft, {
      onSuccess: async (made) => {
        onDone(made);
        toast.done({ title: `“${made.name}” watches from now on` });
        for (const hint of made.hints) toast.done({ title: hint });
        await cache.rules.list.invalidate();
        router.replace(`/alerts/rules/${made.id}`);
      },
      onError: (error) => {
        onRefused(error);
        if (refusalOf(error).code !== "invalid") tellFailure("The rule was not added")(error);
      },
    });
  return (
    <div className="min-h-0 flex-1 overflow-y-auto">
      <div className="mx-auto max-w-[1240px] px-4 py-5 md:px-6">
        <ShellPage title="New rule" />
        <BackToRules />
        <RuleEditor
          rule={undefined}
          start={start}
          title={<h1 className="text-xl">New rule</h1>}
          onCancel={() => router.push("/alerts/rules")}
          does="Add the rule"
          busy={create.isPending}
          save={save}
        />
      </div>
    </div>
  );
}
