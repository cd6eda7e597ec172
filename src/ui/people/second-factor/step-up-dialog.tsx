"use client";

import { type ReactNode, useCallback, useEffect, useRef, useState } from "react";
import { useForm } from "react-hook-form";
import { offerStepUp } from "../../api/step-up";
import { trpc } from "../../api/trpc";
import { DialogForm, FormDialog } from "../form-dialog";
import { showRefusal } from "../show-refusal";
import { useWait } from "../wait";
import { CodeField, codePattern } from "./code-field";

/**
 * Around the console: whatever act takes a fresh second factor opens this one dialog, and goes on by itself when the
 * code is right. Closing it leaves the act undone.
 */
export function StepUpProvider({ children }: { children: ReactNode }) {
  const [open, setOpen] = useState(false);
  /** Acts that wait: a second one that comes meanwhile is let go by the same code. */
  const waiting = useRef<((shown: boolean) => void)[]>([]);
  const settle = useCallback((shown: boolean) => {
    setOpen(false);
    for (const go of waiting.current.splice(0)) go(shown);
  }, []);
  useEffect(() => {
    const takeBack = offerStepUp(
      () =>
        new Promise((resolve) => {
          waiting.current.push(resolve);
          setOpen(true);
        }),
    );
    return () => {
      takeBack();
      for (const go of waiting.current.splice(0)) go(false);
    };
  }, []);
  return (
    <>
      {children}
      <FormDialog open={open} onOpenChange={(wanted) => (wanted ? undefined : settle(false))}>
        <StepUpForm onShown={() => settle(true)} onCancel={() => settle(false)} />
      </FormDialog>
    </>
  );
}

function StepUpForm({ onShown, onCancel }: { onShown: () => void; onCancel: () => void }) {
  const form = useForm<{ code: string }>({ defaultValues: { code: "" } });
  const { errors } = form.formState;
  const { seconds, wait } = useWait(() => form.clearErrors("root"));
  const show = trpc.secondFactor.stepUp.useMutation({
    onSuccess: onShown,
    onError: (error) => {
      wait(showRefusal(form, ["code"], error).waitMs);
      form.setFocus("code", { shouldSelect: true });
    },
  });
  return (
    <DialogForm
      title="Show that it is you"
      description="This act takes a fresh code of your authenticator app. It counts for ten minutes."
      error={errors.root?.message}
      does="Go on"
      busy={show.isPending}
      onSubmit={form.handleSubmit((typed) => (seconds > 0 ? undefined : show.mutate(typed)))}
      onCancel={onCancel}
    >
      <CodeField
        error={errors.code?.message}
        hint="A code works once. If you used it already, wait for the next one."
        autoFocus
        {...form.register("code", { required: codePattern.message, pattern: codePattern })}
      />
    </DialogForm>
  );
}
