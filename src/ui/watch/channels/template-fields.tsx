"use client";

import { useEffect, useState } from "react";
import { type UseFormReturn, useWatch } from "react-hook-form";
import type { ChannelKind } from "@/contracts/watch/channel";
import { refusalOf } from "../../api/refusal";
import { trpc } from "../../api/trpc";
import { errorSentence } from "../../people/sentence";
import { Field } from "../../primitives/field";
import { Input } from "../../primitives/input";
import { Textarea } from "../../primitives/textarea";
import { type ChannelTyped, templateOf } from "./channel-form";

const settleMs = 400;
const places =
  "title subject group host severity rule summary since lasted lastKnown runbook count state link".split(" ");

/** Own words for the messages of a channel, with what they would look like. Folded: ours are good. */
export function TemplateFields({ form, kind }: { form: UseFormReturn<ChannelTyped>; kind: ChannelKind }) {
  const { errors, defaultValues } = form.formState;
  const own = (defaultValues?.title ?? "") !== "" || (defaultValues?.body ?? "") !== "";
  const [open, setOpen] = useState(own);
  return (
    <details
      open={open}
      onToggle={(event) => setOpen(event.currentTarget.open)}
      className="group rounded-md border px-3 py-2"
    >
      <summary className="cursor-pointer font-medium text-sm max-md:py-2">
        Words of the messages
        <span className="font-normal text-muted-foreground text-xs">
          {" "}
          · {own ? "your own" : "ours, unless you write"}
        </span>
      </summary>
      {open ? (
        <div className="mt-3 grid gap-3 pb-1">
          <Field label="Title" error={errorSentence(errors.title)}>
            <Input
              size="lg"
              autoComplete="off"
              maxLength={300}
              placeholder="{{subject}}: {{summary}}"
              {...form.register("title")}
            />
          </Field>
          <Field
            label="Text"
            error={errorSentence(errors.body)}
            hint={
              <>
                Places: {places.map((place) => `{{${place}}}`).join(" ")} and {"{{label.x}}"} for the label x.
                What stands there is escaped for the service.
              </>
            }
          >
            <Textarea
              maxLength={4_000}
              placeholder={"{{summary}} since {{since}}\n{{link}}"}
              {...form.register("body")}
            />
          </Field>
          <TemplatePreview form={form} kind={kind} />
        </div>
      ) : null}
    </details>
  );
}

/** The message as it would be, about the newest alert or an example; asked of the server, which will make it too. */
function TemplatePreview({ form, kind }: { form: UseFormReturn<ChannelTyped>; kind: ChannelKind }) {
  const [title, body] = useWatch({ control: form.control, name: ["title", "body"] });
  const preview = trpc.channels.preview.useMutation();
  const { mutate } = preview;
  useEffect(() => {
    const timer = setTimeout(() => mutate({ kind, template: templateOf({ title, body }) }), settleMs);
    return () => clearTimeout(timer);
  }, [kind, title, body, mutate]);
  return (
    <section aria-label="Preview" aria-live="polite" className="rounded-md bg-muted px-3 py-2 text-xs">
      <p className="mb-1 text-muted-foreground">What it would look like</p>
      {preview.error ? (
        <p className="text-destructive">{refusalOf(preview.error).message}</p>
      ) : preview.data ? (
        <>
          <p className="break-words font-strong text-sm">{preview.data.title}</p>
          <p className="whitespace-pre-wrap break-words">{preview.data.body}</p>
          <details className="mt-1.5">
            <summary className="cursor-pointer text-muted-foreground max-md:py-2">The request itself</summary>
            <pre className="mono mt-1 max-h-48 overflow-auto whitespace-pre-wrap break-words">
              {preview.data.request}
            </pre>
          </details>
        </>
      ) : (
        <p className="text-muted-foreground">Asking…</p>
      )}
    </section>
  );
}
