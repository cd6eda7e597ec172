"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useState } from "react";
import { Controller, useForm } from "react-hook-form";
import { z } from "zod";
import { changeDeadManSchema, type DeadMan } from "@/contracts/watch/dead-man";
import { trpc } from "../../api/trpc";
import { ConfirmDialog } from "../../people/confirm-dialog";
import { FormAlert } from "../../people/form-alert";
import { errorSentence } from "../../people/sentence";
import { showRefusal } from "../../people/show-refusal";
import { SubmitButton } from "../../people/submit-button";
import { tellFailure } from "../../people/tell";
import { Button } from "../../primitives/button";
import { Field } from "../../primitives/field";
import { Input } from "../../primitives/input";
import { toast } from "../../primitives/toast";
import { Presets } from "../fields/presets";
import { SpanInput } from "../fields/span-input";
import { spanWords } from "../words/span-words";

const usualMs = [30_000, 60_000, 300_000] as const;

const typedSchema = (hasAddress: boolean) =>
  z.object({
    url: z
      .string()
      .trim()
      .refine(
        (url) => (url === "" ? hasAddress : changeDeadManSchema.safeParse({ url }).success),
        "Paste the whole address, it begins with https://",
      ),
    periodMs: z
      .number("Type how often, as a number.")
      .refine(
        (periodMs) => changeDeadManSchema.safeParse({ periodMs }).success,
        "Use a time from 10 seconds to 1 hour.",
      ),
  });

/** Address and interval. The address goes in and never comes out: what is left empty stays. */
export function DeadManForm({ deadMan: { target, periodMs } }: { deadMan: DeadMan }) {
  const form = useForm({
    resolver: zodResolver(typedSchema(target !== null)),
    defaultValues: { url: "", periodMs },
  });
  const { errors, isDirty, dirtyFields } = form.formState;
  const [asking, setAsking] = useState(false);
  const cache = trpc.useUtils();
  const known = async (now: DeadMan) => {
    form.reset({ url: "", periodMs: now.periodMs });
    cache.deadMan.get.setData({}, now);
    await cache.watch.health.invalidate();
  };
  const change = trpc.deadMan.change.useMutation({
    onSuccess: async (now) => {
      toast.done({ title: now.enabled ? `A ping leaves every ${spanWords(now.periodMs)}` : "Saved" });
      await known(now);
    },
    onError: (error) => showRefusal(form, ["url", "periodMs"], error),
  });
  const forget = trpc.deadMan.change.useMutation({
    onSuccess: async (now) => {
      setAsking(false);
      toast.done({ title: "The address is forgotten, no pings leave" });
      await known(now);
    },
    onError: tellFailure("The address was not forgotten"),
  });
  return (
    <form
      method="post"
      noValidate
      aria-label="Dead-man ping"
      className="grid max-w-xl gap-3.5"
      onSubmit={form.handleSubmit(({ url, periodMs: every }) =>
        change.mutate({ ...(url ? { url } : {}), ...(dirtyFields.periodMs ? { periodMs: every } : {}) }),
      )}
    >
      <Field
        label="Address of the service"
        error={errorSentence(errors.url)}
        hint={
          target
            ? `Leave it empty to keep ${target}`
            : "Whoever has it can answer for us, so it is stored sealed and never shown again."
        }
      >
        <Input
          size="lg"
          type="url"
          autoComplete="off"
          spellCheck={false}
          className="mono"
          placeholder="https://…"
          {...form.register("url")}
        />
      </Field>
      <Controller
        control={form.control}
        name="periodMs"
        render={({ field }) => (
          <Field
            label="How often"
            error={errorSentence(errors.periodMs)}
            hint="Let the service wait for two or three of them before it raises the alarm."
          >
            <div className="flex flex-wrap items-center gap-2">
              <SpanInput label="How often" value={field.value} onChange={field.onChange} />
              <Presets
                label="Usual intervals"
                values={usualMs}
                value={field.value}
                words={spanWords}
                onPick={field.onChange}
              />
            </div>
          </Field>
        )}
      />
      <FormAlert message={errors.root?.message} />
      <div className="flex flex-wrap gap-2">
        <SubmitButton busy={change.isPending} waitSeconds={0} disabled={!isDirty} className="">
          {target ? "Save the ping" : "Switch the ping on"}
        </SubmitButton>
        {target ? (
          <Button variant="ghost" size="lg" onClick={() => setAsking(true)}>
            Forget the address…
          </Button>
        ) : null}
      </div>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title="Forget the address?"
        does="Forget the address"
        busy={forget.isPending}
        onConfirm={() => forget.mutate({ url: null })}
      >
        <p>
          No pings leave any more, so the service at {target} raises its alarm soon. Switch its check off
          first, or switch the ping off here and keep the address.
        </p>
      </ConfirmDialog>
    </form>
  );
}
