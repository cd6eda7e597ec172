"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useMemo } from "react";
import { useForm } from "react-hook-form";
import type { Channel } from "@/contracts/watch/channel";
import { givenRouteSchema, type Route } from "@/contracts/watch/policy";
import { DialogForm } from "../../people/form-dialog";
import { Field } from "../../primitives/field";
import { Input } from "../../primitives/input";
import { ChannelChecks } from "../fields/channel-checks";
import { CheckRow } from "../fields/check-row";
import { WindowsField } from "../fields/windows-field";
import { MatcherBuilder } from "../matchers/matcher-builder";
import { faultAt, faultsOf } from "../rules/editor/faults";
import { EscalationField } from "./escalation-field";
import { GroupByField } from "./group-by-field";
import { InheritedSpan } from "./inherited-span";
import { useLabels } from "./use-labels";
import type { Effective } from "./words/tree";

const resolver = zodResolver(givenRouteSchema);
const startOfAll: Effective = {
  channelIds: [],
  groupBy: ["rule"],
  waitMs: 30_000,
  intervalMs: 300_000,
  repeatMs: 14_400_000,
  quiet: [],
  escalation: [],
};

/** All that can be said of a branch. It changes the draft; only saving the routes makes it hold. */
export function RouteForm({
  route,
  isNew,
  isRoot,
  above = startOfAll,
  channels,
  onTake,
  onCancel,
}: {
  route: Route;
  isNew: boolean;
  isRoot: boolean;
  /** What holds in the branch above, for what is left to it. */
  above?: Effective | undefined;
  channels: readonly Channel[];
  onTake: (route: Route) => void;
  onCancel: () => void;
}) {
  const labels = useLabels();
  const form = useForm<Route>({ resolver, defaultValues: route });
  const draft = form.watch();
  const { errors } = form.formState;
  const faults = useMemo(() => faultsOf({ ...errors }), [errors]);
  const problem = (path: string) => faultAt(faults, [path]);
  const put = (patch: Partial<Route>) => {
    form.reset(
      { ...form.getValues(), ...patch },
      { keepDefaultValues: true, keepErrors: true, keepSubmitCount: true },
    );
    if (form.formState.submitCount > 0) void form.trigger();
  };
  return (
    <DialogForm
      title={isRoot ? "Where everything else goes" : isNew ? "Add a branch" : `Change ${route.name}`}
      description="It holds as soon as the routes are saved."
      error={problem("routes") ?? problem("id")}
      does={isNew ? "Add the branch" : "Change the branch"}
      busy={false}
      onSubmit={form.handleSubmit((valid) => onTake(valid))}
      onCancel={onCancel}
    >
      {isRoot ? null : (
        <>
          <Field label="Name" error={problem("name")}>
            <Input
              size="lg"
              maxLength={80}
              placeholder="Critical at night"
              value={draft.name}
              onChange={({ target }) => put({ name: target.value })}
            />
          </Field>
          <div>
            <MatcherBuilder
              name="Which alerts"
              mayBeEmpty
              labels={labels}
              value={draft.matchers}
              faults={draft.matchers.map((_, index) => problem(`matchers.${index}`))}
              onChange={(matchers) => put({ matchers })}
            />
          </div>
        </>
      )}
      <div>
        <h3 className="mb-1 font-medium text-xs">Who is told</h3>
        <ChannelChecks
          name="Who is told"
          chosen={draft.channelIds}
          channels={channels}
          onChange={(channelIds) => put({ channelIds })}
        />
        {draft.channelIds.length === 0 ? (
          <p className="mt-1 text-muted-foreground text-xs">
            {isRoot
              ? "None chosen: every channel that is on."
              : "None chosen: the same as in the branch above it."}
          </p>
        ) : null}
        <Wrong words={problem("channelIds")} />
      </div>
      <GroupByField
        value={draft.groupBy}
        above={above.groupBy}
        isRoot={isRoot}
        onChange={(groupBy) => put({ groupBy })}
      />
      <Wrong words={problem("groupBy")} />
      <fieldset aria-label="Times" className="grid gap-2">
        <InheritedSpan
          label="Gathers for"
          hint="before the first message of a group"
          value={draft.waitMs}
          above={above.waitMs}
          zero="at once"
          problem={problem("waitMs")}
          onChange={(waitMs) => put({ waitMs })}
        />
        <InheritedSpan
          label="News at most every"
          hint="when more fire or end"
          value={draft.intervalMs}
          above={above.intervalMs}
          problem={problem("intervalMs")}
          onChange={(intervalMs) => put({ intervalMs })}
        />
        <InheritedSpan
          label="Again after"
          hint="while it fires and nobody has it"
          value={draft.repeatMs}
          above={above.repeatMs}
          problem={problem("repeatMs")}
          onChange={(repeatMs) => put({ repeatMs })}
        />
      </fieldset>
      <EscalationField
        value={draft.escalation}
        above={above.escalation}
        channels={channels}
        isRoot={isRoot}
        problem={problem("escalation")}
        onChange={(escalation) => put({ escalation })}
      />
      <div>
        <h3 className="mb-1.5 font-medium text-xs">Quiet hours</h3>
        <WindowsField
          name="Quiet hours"
          windows={draft.quiet}
          onChange={(quiet) => put({ quiet })}
          problem={(index) => problem(`quiet.${index}`)}
        />
      </div>
      {isRoot ? null : (
        <CheckRow checked={draft.continue} onChange={(on) => put({ continue: on })}>
          Ask the branches after it too
        </CheckRow>
      )}
    </DialogForm>
  );
}

function Wrong({ words }: { words: string | undefined }) {
  if (!words) return null;
  return (
    <p role="alert" className="mt-1 text-destructive text-xs">
      {words}
    </p>
  );
}
