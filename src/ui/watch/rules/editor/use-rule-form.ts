"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useMemo, useState } from "react";
import { type Resolver, useForm } from "react-hook-form";
import { type RuleDraft, ruleDraftSchema } from "@/contracts/watch/rule";
import { refusalOf } from "../../../api/refusal";
import { placeRefusal } from "../../../people/form-refusal";
import { rebased, same } from "../words/differences";
import { type Names, noNames } from "../words/names";
import { ruleName } from "../words/sentence";
import { type Fault, faultAt, faultsOf } from "./faults";

/** The form has every field, so what the schema would fill in is there already. */
const resolver = zodResolver(ruleDraftSchema) as Resolver<RuleDraft>;

export interface RuleForm {
  draft: RuleDraft;
  /** What is saved, as far as this editor knows. */
  base: RuleDraft;
  dirty: boolean;
  faults: readonly Fault[];
  problem: (...paths: string[]) => string | undefined;
  put: (patch: Partial<RuleDraft>) => void;
  /** Begins anew from what is saved; with `draft`, from there, and still against `base`. */
  start: (base: RuleDraft, draft?: RuleDraft) => void;
  /** Sends what is valid; `typed` is the same as it stood in the fields. */
  submit: (send: (draft: RuleDraft, typed: RuleDraft) => void) => () => void;
  /** Goes on from what was saved. What was typed since it was sent stays on top: answers whether there is any. */
  settle: (next: RuleDraft, sent: RuleDraft) => boolean;
  /** Puts what the server refused at its fields; answers what is about the whole, or null. */
  refuse: (error: unknown) => string | null;
}

/**
 * The draft of a rule in react-hook-form, judged by its contract at each change. What is wrong is only told of fields
 * that were touched, until somebody tries to save.
 */
export function useRuleForm(saved: RuleDraft, names: Names): RuleForm {
  const [base, setBase] = useState(saved);
  const [touched, setTouched] = useState<ReadonlySet<string>>(new Set());
  const [refused, setRefused] = useState<readonly Fault[]>([]);
  const form = useForm<RuleDraft>({ resolver, defaultValues: saved, mode: "onChange" });
  const draft = form.watch();
  const { errors, submitCount } = form.formState;
  const faults = useMemo(() => [...faultsOf({ ...errors }), ...refused], [errors, refused]);
  const shown = faults.filter(({ path }) => submitCount > 0 || touched.has(path.split(".")[0] ?? ""));
  const put = (patch: Partial<RuleDraft>) => {
    const before = form.getValues();
    const next = { ...before, ...patch };
    // A name that was made from the sentence follows it; one that a person gave stays.
    const own = [ruleName(before, names), ruleName(before, noNames)].includes(before.name);
    if (own && patch.name === undefined) next.name = ruleName(next, names);
    form.reset(next, { keepDefaultValues: true, keepSubmitCount: true, keepErrors: true });
    setTouched(new Set([...touched, ...Object.keys(patch)]));
    setRefused(refused.filter(({ path }) => !Object.keys(patch).includes(path.split(".")[0] ?? "")));
    void form.trigger();
  };
  const start = (nextBase: RuleDraft, nextDraft = nextBase) => {
    setBase(nextBase);
    setTouched(new Set());
    setRefused([]);
    form.reset(nextDraft);
  };
  return {
    draft,
    base,
    dirty: !same(draft, base),
    faults: shown,
    problem: (...paths) => faultAt(shown, paths),
    put,
    start,
    submit: (send) => () =>
      void form.handleSubmit((valid) => send(ruleDraftSchema.parse(valid), form.getValues()))(),
    settle: (next, sent) => {
      const now = form.getValues();
      start(next, rebased(sent, now, next));
      return !same(now, sent);
    },
    refuse: (error) => {
      const refusal = refusalOf(error);
      const placed = placeRefusal(refusal, pathsOf(refusal.details));
      const own = Object.entries(placed.fields).map(([path, message]) => ({ path, message: message ?? "" }));
      setRefused(own);
      return placed.form;
    },
  };
}

/** Where the server's complaints are: the paths that it names itself. */
function pathsOf(details: unknown): string[] {
  if (typeof details !== "object" || details === null || !("fields" in details)) return [];
  if (!Array.isArray(details.fields)) return [];
  return details.fields.flatMap((field: unknown) =>
    typeof field === "object" && field !== null && "path" in field && typeof field.path === "string"
      ? field.path
      : [],
  );
}
