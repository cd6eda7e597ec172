"use client";

import { useForm, useWatch } from "react-hook-form";
import { trpc } from "../../api/trpc";
import { Card, CardBody, CardHeader } from "../../primitives/card";
import { Field } from "../../primitives/field";
import { toast } from "../../primitives/toast";
import { FormAlert } from "../form-alert";
import { useMe } from "../me";
import { NewPasswordField } from "../new-password-field";
import { passwordHints } from "../password-hints";
import { PasswordInput } from "../password-input";
import { showRefusal } from "../show-refusal";
import { SubmitButton } from "../submit-button";
import { useWait } from "../wait";

interface Typed {
  current: string;
  password: string;
}
const fields = ["current", "password"] as const;

/** One's own password. Whoever changes it stays signed in here, and nowhere else. */
export function ChangePassword() {
  const me = useMe();
  const form = useForm<Typed>({ defaultValues: { current: "", password: "" } });
  const { errors } = form.formState;
  const password = useWatch({ control: form.control, name: "password" });
  const hints = passwordHints(password, me ?? {});
  const { seconds, wait } = useWait(() => form.clearErrors("root"));
  const waiting = seconds > 0;
  const cache = trpc.useUtils();
  const change = trpc.auth.changePassword.useMutation({
    onSuccess: async () => {
      form.reset();
      toast.done({ title: "Your password is changed", detail: "Your other sessions have ended." });
      await Promise.all([cache.sessions.list.invalidate(), cache.programs.list.invalidate()]);
    },
    onError: (error) => wait(showRefusal(form, fields, error).waitMs),
  });
  const good = () => hints.every(({ met }) => met) || "It does not meet the demands below yet.";
  return (
    <Card className="mt-6 max-md:rounded-none max-md:border-x-0">
      <CardHeader title="Your password" />
      <CardBody>
        <p className="mb-3 text-muted-foreground">
          Changing it ends every session of yours but this one, and signs programs out. API tokens stay:
          revoke those by themselves.
        </p>
        <form
          method="post"
          noValidate
          aria-label="Change your password"
          onSubmit={form.handleSubmit((typed) => (waiting ? undefined : change.mutate(typed)))}
          className="grid max-w-sm gap-3.5"
        >
          {/* For password managers: whose password it is. */}
          <input type="text" autoComplete="username" value={me?.email ?? ""} readOnly hidden />
          <Field label="Password now" error={errors.current?.message}>
            <PasswordInput
              size="lg"
              autoComplete="current-password"
              {...form.register("current", { required: "Type the password that you have now." })}
            />
          </Field>
          <NewPasswordField
            label="New password"
            error={errors.password?.message}
            hints={hints}
            {...form.register("password", { validate: good })}
          />
          <FormAlert message={errors.root?.message} />
          <SubmitButton busy={change.isPending} waitSeconds={seconds} className="justify-self-start">
            Change the password
          </SubmitButton>
        </form>
      </CardBody>
    </Card>
  );
}
