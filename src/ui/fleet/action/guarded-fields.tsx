"use client";

import { Check } from "lucide-react";
import type { RefObject } from "react";
import type { UseFormReturn } from "react-hook-form";
import { type CommandKind, typedWords } from "@/contracts/fleet/command";
import { Chip } from "../../primitives/chip";
import { Field } from "../../primitives/field";
import { Input } from "../../primitives/input";
import { Textarea } from "../../primitives/textarea";
import { actionWords } from "./action-words";
import { type GuardedValues, graceChoices, waitChoices } from "./guarded-form";
import { TimeChoice } from "./time-choice";

/** Why, how patiently, and for a kill the word to type. */
export function GuardedFields({
  form,
  kind,
  firstFocus,
}: {
  form: UseFormReturn<GuardedValues>;
  kind: CommandKind;
  firstFocus: RefObject<HTMLElement | null>;
}) {
  const { register, setValue, watch, formState } = form;
  const words = actionWords[kind];
  const typedWord = typedWords[kind];
  const reason = watch("reason");
  const reasonField = register("reason");
  const setTime = (field: "graceMs" | "waitMs") => (ms: number) => setValue(field, ms);
  return (
    <>
      <div className={typedWord ? "grid gap-4 md:grid-cols-[minmax(0,1fr)_182px]" : ""}>
        <div>
          <Field
            label="Reason"
            aside="kept in the audit log"
            required
            error={formState.errors.reason?.message}
          >
            <Textarea
              {...reasonField}
              ref={(field) => {
                reasonField.ref(field);
                // What asks for a typed word cannot happen by a hasty Enter: its focus starts at the reason.
                if (typedWord && field) firstFocus.current = field;
              }}
              maxLength={500}
            />
          </Field>
          <fieldset aria-label="Common reasons" className="mt-2 flex flex-wrap gap-1.5">
            {words.reasons.map((template) => (
              <Chip
                key={template}
                pressed={reason === template}
                onClick={() => setValue("reason", template, { shouldValidate: formState.isSubmitted })}
              >
                {reason === template ? <Check aria-hidden="true" /> : null}
                {template}
              </Chip>
            ))}
          </fieldset>
        </div>
        {typedWord ? (
          <Field
            label={
              <>
                Type <span className="mono text-destructive">{typedWord}</span> to confirm
              </>
            }
            required
            error={formState.errors.typed?.message}
          >
            <Input
              {...register("typed")}
              size="lg"
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
              className="mono"
            />
          </Field>
        ) : null}
      </div>
      <div className="flex flex-wrap gap-6">
        {words.grace ? (
          <TimeChoice
            label="Force after"
            choices={graceChoices}
            valueMs={watch("graceMs")}
            onChange={setTime("graceMs")}
          />
        ) : null}
        <TimeChoice
          label="Give up after"
          choices={waitChoices}
          valueMs={watch("waitMs")}
          onChange={setTime("waitMs")}
        />
      </div>
    </>
  );
}
