"use client";

import { Field } from "../../../primitives/field";
import { Input } from "../../../primitives/input";
import { Textarea } from "../../../primitives/textarea";
import { WindowsField } from "../../fields/windows-field";
import { hasScope } from "../words/condition-words";
import { useEditing } from "./editing";
import { ExceptField } from "./except-field";
import { FinePart } from "./fine-part";
import { Part } from "./part";

/** What most rules can leave as it is. */
export function MorePart() {
  const { draft, put, problem, fixedBecause } = useEditing();
  return (
    <fieldset disabled={fixedBecause !== undefined} aria-label="More about this rule" className="grid gap-4">
      <Field label="Name" error={problem("name")}>
        <Input value={draft.name} maxLength={120} onChange={({ target }) => put({ name: target.value })} />
      </Field>
      <Field
        label="What to do about it"
        aside="shown with the alert"
        error={problem("runbook")}
        hint="Steps, or the address of a runbook."
      >
        <Textarea
          value={draft.runbook ?? ""}
          maxLength={2_000}
          onChange={({ target }) => put({ runbook: target.value === "" ? null : target.value })}
        />
      </Field>
      {hasScope(draft.condition) ? (
        <Part title="Who is left out" paths={["except"]}>
          <ExceptField />
        </Part>
      ) : null}
      <Part
        title="Quiet hours"
        paths={[]}
        hint="Nobody is told in them; what still fires when they end is told then."
      >
        <WindowsField
          name="Quiet hours"
          windows={draft.quiet}
          onChange={(quiet) => put({ quiet })}
          problem={(index) => problem(`quiet.${index}`)}
        />
      </Part>
      <FinePart />
    </fieldset>
  );
}
