"use client";

import { type ReactNode, useMemo, useState } from "react";
import type { ListedRule, Rule, RuleDraft } from "@/contracts/watch/rule";
import { FormAlert } from "../../../people/form-alert";
import { useWhyNot } from "../../../people/me";
import { Button } from "../../../primitives/button";
import { Card } from "../../../primitives/card";
import { DraftOffer } from "../../drafts/draft-offer";
import { useKeptDraft } from "../../drafts/use-kept-draft";
import { RehearsalCard } from "../rehearsal/rehearsal-card";
import { useChannels, useNames } from "../use-names";
import { rebased } from "../words/differences";
import { draftOf } from "../words/draft";
import { ConflictNote } from "./conflict-note";
import { EditingContext } from "./editing";
import { MorePart } from "./more-part";
import { NobodyTold } from "./nobody-told";
import { SentenceEditor } from "./sentence-editor";
import { readTypedRule, type TypedRule } from "./typed-rule";
import { useRuleForm } from "./use-rule-form";

export type SaveRule = (
  draft: RuleDraft,
  version: number | undefined,
  answered: {
    onDone: (saved: Rule) => void;
    onRefused: (error: unknown) => void;
  },
) => void;

/**
 * A rule as a sentence, its rehearsal beside it, the rest below. What is typed stays when somebody else saves the rule
 * meanwhile: then both versions are shown, and which one goes on top is asked.
 */
export function RuleEditor({
  rule,
  start,
  title,
  does,
  busy,
  save,
  actions,
  onCancel,
  children,
}: {
  /** The newest saved one, live; undefined for one that is being made. */
  rule: ListedRule | undefined;
  start: RuleDraft;
  title: ReactNode;
  /** The verb on the button: "Save version 4". */
  does: string;
  busy: boolean;
  save: SaveRule;
  /** At the head; of a known rule while nothing is changed. */
  actions?: ReactNode;
  /** Of one that is being made: goes away from it, and nothing is kept. */
  onCancel?: () => void;
  /** Below the rehearsal, such as the history. */
  children?: ReactNode;
}) {
  const names = useNames();
  const { channels, loaded } = useChannels();
  const form = useRuleForm(start, names);
  const because = useWhyNot("rules:manage");
  const [read, setRead] = useState(rule?.version);
  const [whole, setWhole] = useState<string | null>(null);
  const newest = useMemo(() => rule && draftOf(rule), [rule]);
  const isNew = rule === undefined;
  const keeping = useKeptDraft(
    rule ? `rule ${rule.id}` : "rule new",
    { dirty: form.dirty, typed: { draft: form.draft, base: form.base, read: read ?? null } },
    readTypedRule,
  );
  const overtaken = rule !== undefined && newest !== undefined && read !== undefined && rule.version > read;
  // Nothing typed: then what somebody else saved simply takes its place.
  if (overtaken && !form.dirty && newest) {
    setRead(rule.version);
    form.start(newest);
  }
  const begin = (draft?: RuleDraft) => {
    if (!newest) return;
    setRead(rule?.version);
    setWhole(null);
    form.start(newest, draft);
  };
  const send = form.submit((draft, sent) => {
    setWhole(null);
    save(draft, read, {
      onDone: (saved) => {
        setRead(saved.version);
        const goesOn = form.settle(draftOf(saved), sent);
        if (isNew || !goesOn) keeping.forget();
      },
      onRefused: (error) => setWhole(form.refuse(error)),
    });
  });
  const goOn = (typed: TypedRule) => {
    setRead(typed.read ?? undefined);
    setWhole(null);
    form.start(typed.base, typed.draft);
  };
  // A rule that is being added opens on a page of its own: what would be typed here meanwhile would be left behind.
  const fixedBecause = because ?? (isNew && busy ? "The rule is being added." : undefined);
  const editing = { draft: form.draft, put: form.put, names, problem: form.problem, fixedBecause };
  return (
    <EditingContext value={editing}>
      <header className="flex min-h-9 flex-wrap items-center gap-2">
        {title}
        <span className="flex-1" />
        {form.dirty ? null : actions}
        {onCancel ? (
          <Button
            onClick={() => {
              keeping.forget();
              onCancel();
            }}
          >
            Cancel
          </Button>
        ) : null}
        {!isNew && form.dirty ? <Button onClick={() => begin()}>Discard</Button> : null}
        {isNew || form.dirty ? (
          <Button variant="primary" busy={busy} disabled={because !== undefined} onClick={send}>
            {does}
          </Button>
        ) : null}
      </header>
      <DraftOffer keeping={keeping} onUse={goOn} className="mt-3" />
      {overtaken && form.dirty && newest ? (
        <div className="mt-3">
          <ConflictNote
            who={rule.changedBy.name}
            base={form.base}
            mine={form.draft}
            theirs={newest}
            names={names}
            onKeep={() => begin(rebased(form.base, form.draft, newest))}
            onTake={() => begin()}
          />
        </div>
      ) : null}
      <div className="my-3">
        <SentenceEditor />
        <Faults faults={form.faults.filter(({ path }) => inSentence(path)).map(({ message }) => message)} />
        <FormAlert message={whole ?? undefined} />
        {loaded ? <NobodyTold rule={form.draft} channels={channels} /> : null}
        {because ? <p className="mt-1 text-muted-foreground text-xs">{because}</p> : null}
      </div>
      <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-4 xl:grid-cols-[minmax(0,1fr)_372px]">
        <div className="grid min-w-0 grid-cols-[minmax(0,1fr)] gap-4">
          <RehearsalCard
            draft={form.draft}
            saved={form.dirty && !isNew ? form.base : undefined}
            ruleId={rule?.id}
          />
          {children}
        </div>
        <Card className="p-4" aria-label="More">
          <MorePart />
        </Card>
      </div>
    </EditingContext>
  );
}

const inSentence = (path: string) => /^(condition|scope|except|forMs|channelIds|severity)(\.|$)/.test(path);

function Faults({ faults }: { faults: readonly string[] }) {
  if (faults.length === 0) return null;
  return (
    <ul role="alert" className="mt-1 text-destructive text-xs">
      {[...new Set(faults)].map((fault) => (
        <li key={fault}>{fault}</li>
      ))}
    </ul>
  );
}
