"use client";

import { type ChangeEvent, useId, useState } from "react";
import type { RuleImport } from "@/contracts/watch/rules-file";
import { rulesFileMax } from "@/contracts/watch/rules-file";
import { refusalOf } from "../../../api/refusal";
import { trpc } from "../../../api/trpc";
import { countOf } from "../../../format/quantity";
import { DialogForm } from "../../../people/form-dialog";
import { placeRefusal } from "../../../people/form-refusal";
import { Field } from "../../../primitives/field";
import { Textarea } from "../../../primitives/textarea";
import { toast } from "../../../primitives/toast";
import { ImportTable } from "./import-table";

/** Rules from a file or pasted: first what would change, then, asked once more, the change. */
export function ImportForm({ onDone }: { onDone: () => void }) {
  const cache = trpc.useUtils();
  const [yaml, setYaml] = useState("");
  const [seen, setSeen] = useState<RuleImport | null>(null);
  const [wrong, setWrong] = useState<string | undefined>(undefined);
  const read = trpc.rules.import.useMutation({
    onSuccess: async (answer) => {
      if (!answer.applied) return setSeen(answer);
      toast.done({ title: importedWords(answer) });
      onDone();
      await cache.rules.invalidate();
    },
    onError: (error) => {
      const placed = placeRefusal(refusalOf(error), ["yaml"]);
      setWrong([placed.fields.yaml, placed.form].filter(Boolean).join(" "));
      setSeen(null);
    },
  });
  const type = (text: string) => {
    setYaml(text);
    setSeen(null);
    setWrong(undefined);
  };
  const takeFile = async ({ target }: ChangeEvent<HTMLInputElement>) => {
    const file = target.files?.[0];
    if (!file) return;
    if (file.size > rulesFileMax.characters * 4) setWrong("This file is too large to be rules.");
    else type(await file.text());
  };
  const [wrongWhole, ...wrongLines] = wrong?.split("\n") ?? [];
  const wrongId = useId();
  const changes = seen ? seen.created + seen.changed : 0;
  return (
    <DialogForm
      title="Import rules"
      description="Rules as YAML, as the export writes them. Rules that the file does not name stay as they are."
      error={undefined}
      does={
        seen
          ? changes === 0
            ? "Nothing to import"
            : `Import ${countOf(changes, "rule")}`
          : "Show what would change"
      }
      busy={read.isPending}
      onSubmit={(event) => {
        event?.preventDefault();
        if (seen && changes === 0) onDone();
        else if (yaml.trim() === "") setWrong("Paste the rules, or choose a file.");
        else read.mutate({ yaml, apply: seen !== null });
      }}
      onCancel={onDone}
    >
      <div>
        <Field
          label="Rules as YAML"
          error={wrongWhole}
          describedBy={wrongLines.length > 0 ? wrongId : undefined}
          action={
            <label className="relative cursor-pointer text-xs underline decoration-border-strong underline-offset-3 has-focus-visible:outline-2 has-focus-visible:outline-ring">
              Choose a file
              <input
                type="file"
                accept=".yaml,.yml,.json,application/yaml"
                className="absolute inset-0 cursor-pointer opacity-0"
                onChange={(event) => void takeFile(event)}
              />
            </label>
          }
        >
          <Textarea
            rows={seen ? 3 : 10}
            spellCheck={false}
            className="mono max-h-[40vh] min-h-24"
            value={yaml}
            onChange={({ target }) => type(target.value)}
          />
        </Field>
        {/* There before its words, so that they are read out after the first sentence, which is an alert. */}
        <div aria-live="polite">
          {wrongLines.length > 0 ? (
            <ul
              id={wrongId}
              aria-label="What is wrong with the file"
              className="mt-1.5 grid max-h-48 gap-1 overflow-y-auto pl-[18px] text-destructive text-xs"
            >
              {[...new Set(wrongLines)].map((line) => (
                <li key={line}>{line}</li>
              ))}
            </ul>
          ) : null}
        </div>
      </div>
      {seen ? <ImportTable seen={seen} /> : null}
    </DialogForm>
  );
}

function importedWords({ created, changed }: RuleImport): string {
  const parts = [
    created ? `${countOf(created, "rule")} made` : "",
    changed ? `${countOf(changed, "rule")} changed` : "",
  ];
  return parts.filter(Boolean).join(", ") || "Nothing differed, so nothing was changed";
}
