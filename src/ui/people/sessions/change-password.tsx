"use client";

import { CircleAlert } from "lucide-react";
import { useForm, useWatch } from "react-hook-form";
import { refusalOf } from "../../api/refusal";
import { trpc } from "../../api/trpc";
import { Alert } from "../../primitives/alert";
import { Button } from "../../primitives/button";
import { Card, CardBody, CardHeader } from "../../primitives/card";
import { Field } from "../../primitives/field";
import { toast } from "../../primitives/toast";
import { placeRefusal } from "../form-refusal";
import { useMe } from "../me";
import { PasswordHintList } from "../password-hint-list";
import { passwordHints } from "../password-hints";
import { PasswordInput } from "../password-input";

interface Typed {
  current: string;
  password: string;
}
const fields = ["current", "password"] as const;
const policyId = "change-password-policy";

/** One's own password. Whoever changes it stays signed in here, and nowhere else. */
export function ChangePassword() {
  const me = useMe();
  const form = useForm<Typed>({ defaultValues: { current: "", password: "" } });
  const { errors } = form.formState;
  const password = useWatch({ control: form.control, name: "password" });
  const hints = passwordHints(password, me ? { name: me.name, email: me.email } : {});
  const cache = trpc.useUtils();
  const change = trpc.auth.changePassword.useMutation({
    onSuccess: async () => {
      form.reset();
      toast.done({ title: "Your password is changed", detail: "Your other sessions have ended." });
      await cache.sessions.list.invalidate();
    },
    onError: (error) => {
      const placed = placeRefusal(refusalOf(error), fields);
      for (const field of fields) {
        if (placed.fields[field])
          form.setError(field, { message: placed.fields[field] }, { shouldFocus: true });
      }
      if (placed.form) form.setError("root", { message: placed.form });
    },
  });
  const good = () => hints.every(({ met }) => met) || "It does not meet the demands below yet.";
  return (
    <Card className="mt-6 max-md:rounded-none max-md:border-x-0">
      <CardHeader title="Your password" />
      <CardBody>
        <p className="mb-3 text-muted-foreground">
          Changing it ends every session of yours but this one. API tokens stay: revoke those by themselves.
        </p>
        <form
          method="post"
          noValidate
          aria-label="Change your password"
          onSubmit={form.handleSubmit((typed) => change.mutate(typed))}
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
          <div>
            <Field label="New password" error={errors.password?.message}>
              <PasswordInput
                size="lg"
                autoComplete="new-password"
                aria-describedby={policyId}
                {...form.register("password", { validate: good })}
              />
            </Field>
            <PasswordHintList id={policyId} hints={hints} />
          </div>
          {errors.root?.message ? (
            <Alert tone="offline" role="alert" icon={<CircleAlert aria-hidden="true" />}>
              {errors.root.message}
            </Alert>
          ) : null}
          <Button
            type="submit"
            variant="primary"
            size="lg"
            busy={change.isPending}
            className="justify-self-start"
          >
            Change the password
          </Button>
        </form>
      </CardBody>
    </Card>
  );
}
