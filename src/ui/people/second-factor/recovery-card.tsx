"use client";

import { useState } from "react";
import { useForm } from "react-hook-form";
import type { SecondFactor } from "@/contracts/people/second-factor";
import { trpc } from "../../api/trpc";
import { Button } from "../../primitives/button";
import { Card, CardBody, CardHeader } from "../../primitives/card";
import { Field } from "../../primitives/field";
import { DialogForm, FormDialog } from "../form-dialog";
import { useMe } from "../me";
import { PasswordInput } from "../password-input";
import { showRefusal } from "../show-refusal";
import { tellFailure } from "../tell";

/** How many recovery codes are left, and a new set. With a second factor it asks for a code, else for the password. */
export function RecoveryCard({
  factor,
  onCodes,
}: {
  factor: SecondFactor;
  onCodes: (codes: string[]) => void;
}) {
  const [asking, setAsking] = useState(false);
  const cache = trpc.useUtils();
  const made = async (codes: string[]) => {
    setAsking(false);
    onCodes(codes);
    await cache.secondFactor.get.invalidate();
  };
  const make = trpc.secondFactor.makeRecoveryCodes.useMutation({
    onSuccess: ({ recoveryCodes }) => made(recoveryCodes),
    onError: tellFailure("No codes were made"),
  });
  const left = factor.recoveryCodesLeft;
  return (
    <Card className="mt-6 max-md:rounded-none max-md:border-x-0">
      <CardHeader title="Recovery codes" aside={left > 0 ? `${left} left` : "none"} />
      <CardBody>
        <p className="mb-3 max-w-prose text-muted-foreground">
          For the day when your password or your phone is lost: any one of them sets a new password, ends
          every session and voids the others.
        </p>
        <Button busy={make.isPending} onClick={() => (factor.totpSince ? make.mutate({}) : setAsking(true))}>
          {left > 0 ? "Make new codes" : "Make ten codes"}
        </Button>
        <FormDialog open={asking} onOpenChange={setAsking}>
          <PasswordForm onMade={made} onCancel={() => setAsking(false)} />
        </FormDialog>
      </CardBody>
    </Card>
  );
}

function PasswordForm({ onMade, onCancel }: { onMade: (codes: string[]) => void; onCancel: () => void }) {
  const me = useMe();
  const form = useForm<{ current: string }>({ defaultValues: { current: "" } });
  const { errors } = form.formState;
  const make = trpc.secondFactor.makeRecoveryCodes.useMutation({
    onSuccess: ({ recoveryCodes }) => onMade(recoveryCodes),
    onError: (error) => showRefusal(form, ["current"], error),
  });
  return (
    <DialogForm
      title="Make recovery codes"
      description="Whoever has them can set your password, so yours is asked for first. Older codes become void."
      error={errors.root?.message}
      does="Make ten codes"
      busy={make.isPending}
      onSubmit={form.handleSubmit((typed) => make.mutate(typed))}
      onCancel={onCancel}
    >
      {/* For password managers: whose password it is. */}
      <input type="text" autoComplete="username" value={me?.email ?? ""} readOnly hidden />
      <Field label="Your password" error={errors.current?.message}>
        <PasswordInput
          size="lg"
          autoComplete="current-password"
          {...form.register("current", { required: "Type your password." })}
        />
      </Field>
    </DialogForm>
  );
}
