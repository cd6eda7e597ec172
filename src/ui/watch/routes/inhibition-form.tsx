"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { type Resolver, useForm } from "react-hook-form";
import { alertLabels } from "@/contracts/watch/matcher";
import { givenInhibitionSchema, type Inhibition } from "@/contracts/watch/policy";
import { DialogForm } from "../../people/form-dialog";
import { Chip } from "../../primitives/chip";
import { Field } from "../../primitives/field";
import { Input } from "../../primitives/input";
import { MatcherBuilder } from "../matchers/matcher-builder";
import { faultAt, faultsOf } from "../rules/editor/faults";
import { useLabels } from "./use-labels";

const resolver = zodResolver(givenInhibitionSchema) as Resolver<Inhibition>;

/** Which alert speaks for which others. */
export function InhibitionForm({
  inhibition,
  isNew,
  onTake,
  onCancel,
}: {
  inhibition: Inhibition;
  isNew: boolean;
  onTake: (inhibition: Inhibition) => void;
  onCancel: () => void;
}) {
  const labels = useLabels();
  const form = useForm<Inhibition>({ resolver, defaultValues: inhibition });
  const draft = form.watch();
  const faults = faultsOf({ ...form.formState.errors });
  const put = (patch: Partial<Inhibition>) => {
    form.reset(
      { ...form.getValues(), ...patch },
      { keepDefaultValues: true, keepErrors: true, keepSubmitCount: true },
    );
    if (form.formState.submitCount > 0) void form.trigger();
  };
  const toggle = (label: string) =>
    put({
      equal: draft.equal.includes(label)
        ? draft.equal.filter((one) => one !== label)
        : [...draft.equal, label],
    });
  return (
    <DialogForm
      title={isNew ? "One alert speaks for others" : `Change ${inhibition.name}`}
      description="While the first fires, the others are not told. They are once it ends, if they still fire."
      error={faultAt(faults, ["equal"])}
      does={isNew ? "Add it" : "Change it"}
      busy={false}
      onSubmit={form.handleSubmit((valid) => onTake(valid))}
      onCancel={onCancel}
    >
      <Field label="Name" error={faultAt(faults, ["name"])}>
        <Input
          size="lg"
          maxLength={80}
          placeholder="A host that is down speaks for its agents"
          value={draft.name}
          onChange={({ target }) => put({ name: target.value })}
        />
      </Field>
      <MatcherBuilder
        name="While such an alert fires"
        labels={labels}
        value={draft.source}
        faults={draft.source.map((_, index) => faultAt(faults, [`source.${index}`]))}
        onChange={(source) => put({ source })}
      />
      <MatcherBuilder
        name="these are not told"
        labels={labels}
        value={draft.target}
        faults={draft.target.map((_, index) => faultAt(faults, [`target.${index}`]))}
        onChange={(target) => put({ target })}
      />
      <fieldset aria-label="The same in both">
        <h3 className="mb-1.5 font-medium text-sm">if both have the same</h3>
        <div className="flex flex-wrap gap-1.5">
          {alertLabels.map((label) => (
            <Chip key={label} pressed={draft.equal.includes(label)} onClick={() => toggle(label)}>
              {label}
            </Chip>
          ))}
        </div>
      </fieldset>
    </DialogForm>
  );
}
