"use client";

import type { ReactNode } from "react";
import { useForm } from "react-hook-form";
import { trpc } from "../../api/trpc";
import { Button } from "../../primitives/button";
import {
  DialogBody,
  DialogDescription,
  DialogFooter,
  DialogHeader,
  DialogTitle,
} from "../../primitives/dialog";
import { DialogForm, FormDialog } from "../form-dialog";
import { PasskeyProof } from "../passkeys/passkey-proof";
import { showRefusal } from "../show-refusal";
import { useWait } from "../wait";
import { CodeField, codePattern } from "./code-field";

/** The one dialog of `StepUpProvider`, loaded apart from it. */
export function StepUpDialog({
  open,
  onShown,
  onCancel,
}: {
  open: boolean;
  onShown: () => void;
  onCancel: () => void;
}) {
  return (
    <FormDialog open={open} onOpenChange={(wanted) => (wanted ? undefined : onCancel())}>
      <StepUpForm onShown={onShown} onCancel={onCancel} />
    </FormDialog>
  );
}

/** By the code of the app where there is one, by a passkey where there is one. */
function StepUpForm({ onShown, onCancel }: { onShown: () => void; onCancel: () => void }) {
  const factor = trpc.secondFactor.get.useQuery({});
  const passkeys = trpc.passkeys.list.useQuery({});
  const ask = trpc.secondFactor.askPasskeyForStepUp.useMutation();
  const show = trpc.secondFactor.stepUp.useMutation();
  const byPasskey = (passkeys.data?.items.length ?? 0) > 0 && (
    <PasskeyProof
      ask={() => ask.mutateAsync({})}
      finish={(passkey) => show.mutateAsync({ passkey })}
      onShown={onShown}
    />
  );
  if (byPasskey && factor.data?.totpSince === null) {
    return (
      <>
        <DialogHeader>
          <DialogTitle>Show that it is you</DialogTitle>
          <DialogDescription>This act takes a passkey of yours. It counts for ten minutes.</DialogDescription>
        </DialogHeader>
        <DialogBody>{byPasskey}</DialogBody>
        <DialogFooter>
          <Button size="lg" onClick={onCancel}>
            Cancel
          </Button>
        </DialogFooter>
      </>
    );
  }
  return <CodeForm onShown={onShown} onCancel={onCancel} byPasskey={byPasskey} />;
}

function CodeForm({
  onShown,
  onCancel,
  byPasskey,
}: {
  onShown: () => void;
  onCancel: () => void;
  byPasskey: ReactNode;
}) {
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
      waitSeconds={seconds}
      onSubmit={form.handleSubmit((typed) => (seconds > 0 ? undefined : show.mutate(typed)))}
      onCancel={onCancel}
    >
      <CodeField
        error={errors.code?.message}
        hint="A code works once. If you used it already, wait for the next one."
        autoFocus
        {...form.register("code", { required: codePattern.message, pattern: codePattern })}
      />
      {byPasskey}
    </DialogForm>
  );
}
