"use client";

import { Smartphone } from "lucide-react";
import { useEffect, useRef } from "react";
import { useForm } from "react-hook-form";
import { refusalOf } from "../../api/refusal";
import { trpc } from "../../api/trpc";
import { Button } from "../../primitives/button";
import { Skeleton } from "../../primitives/skeleton";
import { CopyLine } from "../copy-line";
import { FormAlert } from "../form-alert";
import { showRefusal } from "../show-refusal";
import { SubmitButton } from "../submit-button";
import { useWait } from "../wait";
import { CodeField, codePattern } from "./code-field";

/**
 * Sets an authenticator app up in two steps: take the picture (or type the secret), then prove it with a code.
 * `onDone` gets the ten recovery codes, which are shown this once.
 */
export function EnrolApp({
  onDone,
  onCancel,
  cancel = "Cancel",
}: {
  onDone: (codes: string[]) => void;
  onCancel?: () => void;
  /** The word on the way back. */
  cancel?: string;
}) {
  const begin = trpc.secondFactor.begin.useMutation();
  const begun = useRef(false);
  const start = begin.mutate;
  useEffect(() => {
    // Each beginning makes the secret before void: once a visit, also where React mounts twice.
    if (begun.current) return;
    begun.current = true;
    start({});
  }, [start]);

  const form = useForm<{ code: string }>({ defaultValues: { code: "" } });
  const { errors } = form.formState;
  const { seconds, wait } = useWait(() => form.clearErrors("root"));
  const confirm = trpc.secondFactor.confirm.useMutation({
    onSuccess: ({ recoveryCodes }) => onDone(recoveryCodes),
    onError: (error) => wait(showRefusal(form, ["code"], error).waitMs),
  });
  if (begin.error) {
    return (
      <div className="grid gap-3">
        <FormAlert message={refusalOf(begin.error).message} />
        <Button className="justify-self-start" onClick={() => start({})}>
          Try again
        </Button>
      </div>
    );
  }
  const made = begin.data;
  return (
    <form
      method="post"
      noValidate
      aria-label="Set up an authenticator app"
      className="grid gap-4"
      onSubmit={form.handleSubmit((typed) => (seconds > 0 ? undefined : confirm.mutate(typed)))}
    >
      <p className="text-muted-foreground">
        Take a picture of this with your authenticator app, or type the secret under it.
      </p>
      {made ? <QrCode svg={made.qrSvg} /> : <Skeleton className="size-44 rounded-md" />}
      {/* A phone can't take a picture of itself: there the app is one touch away. */}
      <Button asChild className="justify-self-start md:hidden">
        <a href={made?.url}>
          <Smartphone aria-hidden="true" />
          Open in the app on this phone
        </a>
      </Button>
      <CopyLine text={made?.secret ?? ""} label="" name="the secret" />
      <CodeField
        label="Code that the app shows now"
        autoFocus={onCancel !== undefined}
        error={errors.code?.message}
        {...form.register("code", { required: codePattern.message, pattern: codePattern })}
      />
      <FormAlert message={errors.root?.message} />
      <div className="flex gap-2">
        <SubmitButton busy={confirm.isPending} waitSeconds={seconds} disabled={!made} className="">
          Switch it on
        </SubmitButton>
        {onCancel ? (
          <Button size="lg" onClick={onCancel}>
            {cancel}
          </Button>
        ) : null}
      </div>
    </form>
  );
}

/** Dark on white in both themes: cameras read it best so. */
function QrCode({ svg }: { svg: string }) {
  return (
    <div
      role="img"
      aria-label="QR code for your authenticator app"
      className="size-44 rounded-md border bg-white bg-contain bg-no-repeat"
      style={{ backgroundImage: `url("data:image/svg+xml,${encodeURIComponent(svg)}")` }}
    />
  );
}
