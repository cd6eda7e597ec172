"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { Controller, useForm, useWatch } from "react-hook-form";
import type { Silence } from "@/contracts/watch/silence";
import { trpc } from "../../api/trpc";
import { DialogForm, FormDialog } from "../../people/form-dialog";
import { errorSentence } from "../../people/sentence";
import { showRefusal } from "../../people/show-refusal";
import { Field } from "../../primitives/field";
import { Input } from "../../primitives/input";
import { toast } from "../../primitives/toast";
import { MatcherBuilder } from "../matchers/matcher-builder";
import { useLabelValues } from "../matchers/use-label-values";
import { FitsPreview } from "./fits-preview";
import { silenceFormSchema, silenceOf } from "./silence-form";
import type { SilenceStart } from "./silence-start";
import { SilenceTimes } from "./silence-times";

/** A new silence or planned work, or another wording and end for one that is there (`changing`). */
export function SilenceDialog({
  open,
  onOpenChange,
  start,
  changing,
}: {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  start: SilenceStart;
  changing?: Silence;
}) {
  return (
    <FormDialog size="md" open={open} onOpenChange={onOpenChange}>
      <SilenceForm start={start} onDone={() => onOpenChange(false)} {...(changing ? { changing } : {})} />
    </FormDialog>
  );
}

const fields = ["matchers", "reason", "until", "from", "schedule"] as const;

function SilenceForm({
  start,
  changing,
  onDone,
}: {
  start: SilenceStart;
  changing?: Silence;
  onDone: () => void;
}) {
  const form = useForm<SilenceStart>({ defaultValues: start, resolver: zodResolver(silenceFormSchema) });
  const { errors } = form.formState;
  const cache = trpc.useUtils();
  const labels = useLabelValues();
  const matchers = useWatch({ control: form.control, name: "matchers" });
  const planned = start.kind === "maintenance";
  const answered = {
    onSuccess: async (saved: Silence) => {
      onDone();
      toast.done({
        title: changing ? "The change is kept" : planned ? "The work is planned" : "It is silent",
        detail: saved.matching > 0 ? `${saved.matching} firing now` : "",
      });
      await Promise.all([cache.silences.invalidate(), cache.alerts.story.invalidate()]);
    },
    onError: (error: unknown) => showRefusal(form, fields, error),
  };
  const create = trpc.silences.create.useMutation(answered);
  const change = trpc.silences.change.useMutation(answered);
  const send = (typed: SilenceStart) => {
    const { endsAt, schedule, reason, matchers, ...rest } = silenceOf(typed, Date.now());
    if (!changing) create.mutate({ endsAt, schedule, reason, matchers, ...rest });
    else change.mutate({ id: changing.id, endsAt, schedule, reason, matchers });
  };
  return (
    <DialogForm
      title={titleOf(planned, changing !== undefined)}
      description={
        planned
          ? "What fires in these hours is not told. It still stands on every screen."
          : "What fits is not told until the end. It still fires, and stands on every screen."
      }
      error={errors.root?.message}
      does={changing ? "Save the change" : planned ? "Plan the work" : "Silence it"}
      busy={create.isPending || change.isPending}
      onSubmit={form.handleSubmit(send)}
      onCancel={onDone}
    >
      <Controller
        control={form.control}
        name="matchers"
        render={({ field }) => (
          <div className="grid gap-1.5">
            <MatcherBuilder
              name="Which alerts"
              value={field.value}
              onChange={field.onChange}
              labels={labels}
              faults={field.value.map((_, index) => errors.matchers?.[index]?.message)}
            />
            {(errors.matchers?.root?.message ?? errors.matchers?.message) ? (
              <p role="alert" className="text-destructive text-xs">
                {errors.matchers?.root?.message ?? errors.matchers?.message}
              </p>
            ) : null}
            <FitsPreview matchers={matchers} />
          </div>
        )}
      />
      <SilenceTimes form={form} started={changing !== undefined} />
      <Field label="Reason" error={errorSentence(errors.reason)} required>
        <Input
          size="lg"
          maxLength={500}
          autoComplete="off"
          placeholder={planned ? "Gateway moves to a new host" : "Known, the disk is being replaced"}
          {...form.register("reason")}
        />
      </Field>
    </DialogForm>
  );
}

function titleOf(planned: boolean, changing: boolean): string {
  if (changing) return planned ? "Change the planned work" : "Change the silence";
  return planned ? "Plan maintenance" : "Silence alerts";
}
