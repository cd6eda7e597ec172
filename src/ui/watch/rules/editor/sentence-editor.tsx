"use client";

import { Fragment } from "react";
import { type Part, plain } from "../words/parts";
import { sentenceParts } from "../words/sentence";
import { useEditing } from "./editing";
import { FixedPill } from "./pill";
import { PillOf } from "./pill-of";

/** Pieces with a key each that stays while the words change: a pill that is open must not be made anew. */
function keyed(parts: readonly Part[]): { key: string; part: Part }[] {
  return parts.map((part, index) => ({ key: "pill" in part ? part.pill : `text-${index}`, part }));
}

/** The rule as a sentence whose words are the controls; Tab walks them as they are read. */
export function SentenceEditor() {
  const { draft, names, problem, fixedBecause } = useEditing();
  const parts = sentenceParts(draft, names);
  return (
    <fieldset
      data-slot="rule-sentence"
      aria-label={plain(parts)}
      className="min-w-0 text-pretty text-[17px] text-muted-foreground leading-9 tracking-[-0.008em] max-md:text-lg max-md:leading-[48px]"
    >
      {keyed(parts).map(({ key, part }) => (
        <Fragment key={key}>
          {"text" in part ? (
            part.text
          ) : fixedBecause ? (
            <FixedPill words={part.words} because={fixedBecause} />
          ) : (
            <PillOf pill={part.pill} label={part.label} words={part.words} problem={problem(...part.paths)} />
          )}
        </Fragment>
      ))}
    </fieldset>
  );
}
