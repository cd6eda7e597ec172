"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { Controller, useForm, useWatch } from "react-hook-form";
import type { z } from "zod";
import { beginSetupSchema } from "@/contracts/people/setup";
import { trpc } from "../../api/trpc";
import { Field } from "../../primitives/field";
import { FormAlert } from "../form-alert";
import { errorSentence } from "../sentence";
import { showRefusal } from "../show-refusal";
import { SubmitButton } from "../submit-button";
import { useWait } from "../wait";
import { SetupCodeInput } from "./setup-code-input";

/** As the server prints it, without the hyphens. */
const codeLength = 12;

/** The code that only someone at the server's terminal has: it opens the setup for this browser. */
export function SetupCodeForm({ onDone }: { onDone: () => void }) {
  const form = useForm<z.input<typeof beginSetupSchema>>({
    resolver: zodResolver(beginSetupSchema),
    defaultValues: { code: "" },
  });
  const code = useWatch({ control: form.control, name: "code" });
  const { seconds, wait } = useWait(() => form.clearErrors("root"));
  const begin = trpc.auth.beginSetup.useMutation({
    onSuccess: onDone,
    onError: (error) => wait(showRefusal(form, ["code"], error).waitMs),
  });
  return (
    <form
      method="post"
      noValidate
      aria-label="Enter the setup code"
      onSubmit={form.handleSubmit((typed) => (seconds > 0 ? undefined : begin.mutate(typed)))}
      className="grid gap-3.5"
    >
      <Controller
        control={form.control}
        name="code"
        render={({ field, fieldState }) => (
          <Field
            label="Setup code"
            error={errorSentence(fieldState.error)}
            hint="In the terminal that runs the server, and in the file setup-code of its data folder."
          >
            <SetupCodeInput {...field} length={codeLength} autoFocus />
          </Field>
        )}
      />
      <FormAlert message={form.formState.errors.root?.message} />
      <SubmitButton
        busy={begin.isPending || begin.isSuccess}
        waitSeconds={seconds}
        disabled={code.length !== codeLength}
      >
        Go on
      </SubmitButton>
    </form>
  );
}
