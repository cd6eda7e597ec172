"use client";

import { createContext, useContext } from "react";
import type { Condition, ConditionKind } from "@/contracts/watch/condition";
import type { RuleDraft } from "@/contracts/watch/rule";
import type { Names } from "../words/names";

/** What the parts of an editor share: the draft, a way to change it, and what is wrong with it. */
export interface Editing {
  draft: RuleDraft;
  put: (patch: Partial<RuleDraft>) => void;
  names: Names;
  /** What is wrong at one of these paths, or below it; undefined when nothing is, or when it is too early to say. */
  problem: (...paths: string[]) => string | undefined;
  /** Why nothing can be changed here. */
  fixedBecause: string | undefined;
}

export const EditingContext = createContext<Editing | null>(null);

export function useEditing(): Editing {
  const editing = useContext(EditingContext);
  if (!editing) throw new Error("useEditing needs a rule's editor above it.");
  return editing;
}

/** The condition when it is of one of these kinds: a pill's window is only open while its sentence has that pill. */
export function conditionOf<Kind extends ConditionKind>(
  condition: Condition,
  ...kinds: Kind[]
): Extract<Condition, { kind: Kind }> | null {
  return kinds.some((kind) => kind === condition.kind)
    ? (condition as Extract<Condition, { kind: Kind }>)
    : null;
}
