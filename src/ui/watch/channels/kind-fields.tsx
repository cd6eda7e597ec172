"use client";

import { Controller, type UseFormReturn } from "react-hook-form";
import type { Channel, ChannelKind } from "@/contracts/watch/channel";
import { errorSentence } from "../../people/sentence";
import { Field } from "../../primitives/field";
import { Input } from "../../primitives/input";
import { Select, SelectContent, SelectItem, SelectTrigger, SelectValue } from "../../primitives/select";
import { Textarea } from "../../primitives/textarea";
import type { ChannelTyped } from "./channel-form";
import { KindSteps } from "./kind-steps";

/** What a channel of this kind needs to send. */
export function KindFields({
  form,
  kind,
  channel,
}: {
  form: UseFormReturn<ChannelTyped>;
  kind: ChannelKind;
  channel?: Channel;
}) {
  const { errors } = form.formState;
  const kept = channel ? `Leave it empty to keep ${channel.target}` : null;
  if (kind === "email") {
    return (
      <Field
        label="To"
        error={errorSentence(errors.to)}
        hint={kept ?? "One address a line. It goes by the mail server that this installation was given."}
      >
        <Textarea
          autoComplete="off"
          spellCheck={false}
          placeholder="oncall@example.com"
          {...form.register("to")}
        />
      </Field>
    );
  }
  if (kind === "inbox") {
    return (
      <Controller
        control={form.control}
        name="role"
        render={({ field }) => (
          <Field label="Who sees it" {...(channel ? { hint: `Now ${channel.target}.` } : {})}>
            <Select value={field.value} onValueChange={field.onChange}>
              <SelectTrigger size="lg">
                <SelectValue />
              </SelectTrigger>
              <SelectContent>
                <SelectItem value="viewer">Everybody</SelectItem>
                <SelectItem value="operator">Operators and admins</SelectItem>
                <SelectItem value="admin">Admins</SelectItem>
              </SelectContent>
            </Select>
          </Field>
        )}
      />
    );
  }
  return (
    <>
      {channel ? null : <KindSteps kind={kind} />}
      <Field
        label={kind === "webhook" ? "Address" : "Webhook address"}
        error={errorSentence(errors.url)}
        hint={kept ?? "Whoever has it can post there, so it is stored sealed and never shown again."}
      >
        <Input
          size="lg"
          type="url"
          autoComplete="off"
          spellCheck={false}
          className="mono"
          placeholder="https://…"
          {...form.register("url")}
        />
      </Field>
      {kind === "webhook" ? (
        <Field
          label="Signing secret"
          aside="if you like"
          error={errorSentence(errors.secret)}
          hint={
            channel
              ? "Leave it empty to keep the one it has. A new one needs the address again."
              : "Leave it empty: one is made, and shown once."
          }
        >
          <Input
            size="lg"
            autoComplete="off"
            spellCheck={false}
            className="mono"
            {...form.register("secret")}
          />
        </Field>
      ) : null}
    </>
  );
}
