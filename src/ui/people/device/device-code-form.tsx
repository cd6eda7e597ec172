"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useForm } from "react-hook-form";
import { z } from "zod";
import { type DeviceAsk, userCodeSchema } from "@/contracts/people/oauth";
import { trpc } from "../../api/trpc";
import { Field } from "../../primitives/field";
import { Input } from "../../primitives/input";
import { FormAlert } from "../form-alert";
import { errorSentence } from "../sentence";
import { showRefusal } from "../show-refusal";
import { SubmitButton } from "../submit-button";
import { useWait } from "../wait";

const typedSchema = z.object({ code: userCodeSchema });
type Typed = z.input<typeof typedSchema>;

/** Eight letters from the device. One that came in the address is filled in and still has to be confirmed. */
export function DeviceCodeForm({ code, onFound }: { code: string; onFound: (ask: DeviceAsk) => void }) {
  const form = useForm<Typed, unknown, z.output<typeof typedSchema>>({
    resolver: zodResolver(typedSchema),
    defaultValues: { code },
  });
  const { errors } = form.formState;
  const { seconds, wait } = useWait(() => form.clearErrors("root"));
  const find = trpc.oauth.findAsk.useMutation({
    onSuccess: onFound,
    onError: (error) => wait(showRefusal(form, ["code"], error).waitMs),
  });
  const waiting = seconds > 0;
  return (
    <form
      method="post"
      noValidate
      aria-label="Code of the device"
      className="grid gap-3.5"
      onSubmit={form.handleSubmit((typed) => (waiting ? undefined : find.mutate(typed)))}
    >
      <Field
        label="Code"
        error={errorSentence(errors.code)}
        hint="The program shows it. Check that it is the same, letter by letter."
      >
        <Input
          size="lg"
          className="mono uppercase tracking-[0.12em]"
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          autoFocus
          maxLength={20}
          placeholder="BCDF-GHJK"
          {...form.register("code")}
        />
      </Field>
      <FormAlert message={errors.root?.message} />
      <SubmitButton busy={find.isPending} waitSeconds={seconds}>
        See what asks
      </SubmitButton>
    </form>
  );
}
