"use client";

import { useForm } from "react-hook-form";
import type { Channel } from "@/contracts/watch/channel";
import { webhookUrlSchema } from "@/contracts/watch/channel";
import { trpc } from "../../api/trpc";
import { DialogForm, FormDialog } from "../../people/form-dialog";
import { showRefusal } from "../../people/show-refusal";
import { Field } from "../../primitives/field";
import { Input } from "../../primitives/input";
import { toast } from "../../primitives/toast";

interface Typed {
  name: string;
  url: string;
}
const fields = ["name", "url"] as const;

/** A new Teams channel, or another name and address for a known one. */
export function ChannelDialog({
  open,
  channel,
  onOpenChange,
}: {
  open: boolean;
  channel?: Channel;
  onOpenChange: (open: boolean) => void;
}) {
  return (
    <FormDialog size="md" open={open} onOpenChange={onOpenChange}>
      <ChannelForm {...(channel ? { channel } : {})} onDone={() => onOpenChange(false)} />
    </FormDialog>
  );
}

function ChannelForm({ channel, onDone }: { channel?: Channel; onDone: () => void }) {
  const form = useForm<Typed>({ defaultValues: { name: channel?.name ?? "", url: "" } });
  const { errors } = form.formState;
  const cache = trpc.useUtils();
  const answered = {
    onSuccess: async (saved: Channel) => {
      toast.done({ title: channel ? `${saved.name} is saved` : `${saved.name} is told from now on` });
      onDone();
      await cache.channels.list.invalidate();
    },
    onError: (error: unknown) => showRefusal(form, fields, error),
  };
  const create = trpc.channels.create.useMutation(answered);
  const change = trpc.channels.change.useMutation(answered);
  const send = ({ name, url }: Typed) => {
    if (!channel) create.mutate({ kind: "teams", name, config: { url } });
    else change.mutate({ id: channel.id, name, ...(url.trim() ? { config: { url } } : {}) });
  };
  const judgeUrl = (url: string) => {
    if (channel && url.trim() === "") return true;
    return webhookUrlSchema.safeParse(url).success || "Paste the whole address, it begins with https://";
  };
  return (
    <DialogForm
      title={channel ? `Change ${channel.name}` : "Add a Teams channel"}
      description="Alerts arrive there as cards: what, since when, where, with a link."
      error={errors.root?.message}
      does={channel ? "Save the channel" : "Add the channel"}
      busy={create.isPending || change.isPending}
      onSubmit={form.handleSubmit(send)}
      onCancel={onDone}
    >
      {channel ? null : (
        <ol className="list-decimal space-y-0.5 rounded-md bg-muted py-2.5 pr-3 pl-8 text-muted-foreground text-xs">
          <li>
            In Teams, open the channel's <b className="font-strong text-foreground">…</b> menu and choose{" "}
            <b className="font-strong text-foreground">Workflows</b>.
          </li>
          <li>
            Take <b className="font-strong text-foreground">Send webhook alerts to a channel</b>, and finish
            it.
          </li>
          <li>Copy the address that it shows, and paste it here.</li>
        </ol>
      )}
      <Field label="Name" error={errors.name?.message} hint="How rules and the delivery log call it.">
        <Input
          size="lg"
          autoComplete="off"
          maxLength={80}
          placeholder="Ops Teams"
          {...form.register("name", { validate: (name) => name.trim() !== "" || "Give it a name." })}
        />
      </Field>
      <Field
        label="Webhook address"
        error={errors.url?.message}
        hint={
          channel
            ? `Now ${channel.target}. Leave it empty to keep it.`
            : "Whoever has it can post there, so it is stored sealed and never shown again."
        }
      >
        <Input
          size="lg"
          type="url"
          autoComplete="off"
          spellCheck={false}
          className="mono"
          placeholder="https://…"
          {...form.register("url", { validate: judgeUrl })}
        />
      </Field>
    </DialogForm>
  );
}
