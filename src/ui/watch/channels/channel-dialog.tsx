"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useMemo } from "react";
import { useForm, useWatch } from "react-hook-form";
import type { Channel } from "@/contracts/watch/channel";
import { trpc } from "../../api/trpc";
import { DialogForm, FormDialog } from "../../people/form-dialog";
import { errorSentence } from "../../people/sentence";
import { showRefusal } from "../../people/show-refusal";
import { Field } from "../../primitives/field";
import { Input } from "../../primitives/input";
import { toast } from "../../primitives/toast";
import { type ChannelTyped, channelChangeOf, channelFormSchema, newChannelOf, typedOf } from "./channel-form";
import { kindLooks } from "./channel-kinds";
import { KindChoice } from "./kind-choice";
import { KindFields } from "./kind-fields";
import { TemplateFields } from "./template-fields";

/** A new channel, or another name, address and words for a known one. `onSecret`: a webhook's, told this once. */
export function ChannelDialog({
  open,
  channel,
  onOpenChange,
  onSecret,
}: {
  open: boolean;
  channel?: Channel;
  onOpenChange: (open: boolean) => void;
  onSecret?: (made: { name: string; secret: string }) => void;
}) {
  return (
    <FormDialog size="md" open={open} onOpenChange={onOpenChange}>
      <ChannelForm
        {...(channel ? { channel } : {})}
        {...(onSecret ? { onSecret } : {})}
        onDone={() => onOpenChange(false)}
      />
    </FormDialog>
  );
}

const fields = ["name", "url", "to", "secret", "role", "perMinute", "title", "body"] as const;

function ChannelForm({
  channel,
  onDone,
  onSecret,
}: {
  channel?: Channel;
  onDone: () => void;
  onSecret?: (made: { name: string; secret: string }) => void;
}) {
  const schema = useMemo(() => channelFormSchema(channel !== undefined), [channel]);
  const form = useForm<ChannelTyped>({ defaultValues: typedOf(channel), resolver: zodResolver(schema) });
  const { errors, dirtyFields } = form.formState;
  const kind = useWatch({ control: form.control, name: "kind" });
  const cache = trpc.useUtils();
  const onError = (error: unknown) => showRefusal(form, fields, error);
  const saved = async (title: string) => {
    toast.done({ title });
    onDone();
    await cache.channels.list.invalidate();
  };
  const create = trpc.channels.create.useMutation({
    onError,
    onSuccess: async ({ name, secret }) => {
      await saved(`${name} is told from now on`);
      if (secret) onSecret?.({ name, secret });
    },
  });
  const change = trpc.channels.change.useMutation({
    onError,
    onSuccess: ({ name }) => saved(`${name} is saved`),
  });
  const send = (typed: ChannelTyped) => {
    if (!channel) create.mutate(newChannelOf(typed));
    else change.mutate({ id: channel.id, ...channelChangeOf(typed, dirtyFields.role === true) });
  };
  const look = kindLooks[kind];
  return (
    <DialogForm
      title={channel ? `Change ${channel.name}` : "Add a channel"}
      description={
        channel
          ? `${look.name}. ${look.promise}`
          : "Where alerts are told. Routes and rules say which one is told of what."
      }
      error={errors.root?.message}
      does={channel ? "Save the channel" : "Add the channel"}
      busy={create.isPending || change.isPending}
      onSubmit={form.handleSubmit(send)}
      onCancel={onDone}
    >
      {channel ? null : <KindChoice value={kind} onChange={(next) => form.setValue("kind", next)} />}
      <Field
        label="Name"
        error={errorSentence(errors.name)}
        hint="How routes, rules and the delivery log call it."
      >
        <Input
          size="lg"
          autoComplete="off"
          maxLength={80}
          placeholder={look.example}
          {...form.register("name")}
        />
      </Field>
      <KindFields form={form} kind={kind} {...(channel ? { channel } : {})} />
      <Field
        label="Most messages in a minute"
        aside="if you like"
        error={errorSentence(errors.perMinute)}
        hint="What is above waits its turn. Empty: only what the service itself allows."
      >
        <Input
          size="lg"
          inputMode="numeric"
          className="num md:w-28"
          autoComplete="off"
          {...form.register("perMinute")}
        />
      </Field>
      <TemplateFields form={form} kind={kind} />
    </DialogForm>
  );
}
