"use client";

import { useId } from "react";
import { conditionKinds } from "@/contracts/watch/condition";
import { severities } from "@/contracts/watch/rule";
import { useFiringAlerts } from "../../live/hooks";
import { useAgents } from "../../live/use-agents";
import { Button } from "../../primitives/button";
import { Card, CardHeader } from "../../primitives/card";
import { Field } from "../../primitives/field";
import { Input } from "../../primitives/input";
import { Select, SelectContent, SelectItem, SelectTrigger, SelectValue } from "../../primitives/select";
import { TryAnswer } from "./try-answer";
import { type Tried, withAgent } from "./try-labels";
import { useLabels } from "./use-labels";
import type { Trying } from "./use-try";

const thoughtUp = "thought-up";

/** "Try it": an alert that fires, or one that is thought up, and where it would go. Nothing is sent. */
export function TryCard({ trying, draft }: { trying: Trying; draft: boolean }) {
  const { on, tried, put } = trying;
  const firing = useFiringAlerts();
  return (
    <Card aria-label="Try it" className="xl:sticky xl:top-5">
      <CardHeader title="Try it">
        <Button aria-expanded={on} onClick={trying.toggle}>
          {on ? "Close" : "Try an alert"}
        </Button>
      </CardHeader>
      {on ? (
        <div className="grid gap-3 px-4 pb-4">
          <Field label="Which alert">
            <Select
              value={tried.alertId ?? thoughtUp}
              onValueChange={(id) => put({ ...tried, alertId: id === thoughtUp ? null : id })}
            >
              <SelectTrigger>
                <SelectValue />
              </SelectTrigger>
              <SelectContent>
                <SelectItem value={thoughtUp}>One that I think up</SelectItem>
                {firing.slice(0, 50).map((alert) => (
                  <SelectItem key={alert.id} value={alert.id}>
                    {alert.subject.name}: {alert.ruleName}
                  </SelectItem>
                ))}
              </SelectContent>
            </Select>
          </Field>
          {tried.alertId === null ? <ThoughtUp tried={tried} put={put} /> : null}
          <TryAnswer trying={trying} draft={draft} />
        </div>
      ) : (
        <p className="px-4 pb-4 text-muted-foreground">
          See which branch an alert takes and who would be told. Nothing is sent.
        </p>
      )}
    </Card>
  );
}

function ThoughtUp({ tried, put }: { tried: Tried; put: (tried: Tried) => void }) {
  const agents = useAgents("order");
  const labels = useLabels();
  const texts = [
    ["agent", "Agent"],
    ["group", "Group"],
    ["tags", "Tags"],
    ["host", "Host"],
    ["rule", "Rule"],
  ] as const;
  return (
    <div className="grid grid-cols-2 gap-2.5">
      <Field label="Severity">
        <Select
          value={tried.severity}
          onValueChange={(next) => {
            const severity = severities.find((one) => one === next);
            if (severity) put({ ...tried, severity });
          }}
        >
          <SelectTrigger>
            <SelectValue />
          </SelectTrigger>
          <SelectContent>
            {severities.toReversed().map((severity) => (
              <SelectItem key={severity} value={severity}>
                {severity}
              </SelectItem>
            ))}
          </SelectContent>
        </Select>
      </Field>
      <Field label="Kind">
        <Select value={tried.kind} onValueChange={(kind) => put({ ...tried, kind })}>
          <SelectTrigger>
            <SelectValue />
          </SelectTrigger>
          <SelectContent>
            {conditionKinds.map((kind) => (
              <SelectItem key={kind} value={kind}>
                {kind}
              </SelectItem>
            ))}
          </SelectContent>
        </Select>
      </Field>
      {texts.map(([field, label]) => (
        <Field key={field} label={label}>
          <Suggested
            value={tried[field]}
            values={labels.get(field === "tags" ? "tag" : field) ?? []}
            onChange={(value) =>
              put(field === "agent" ? withAgent(tried, value, agents) : { ...tried, [field]: value })
            }
          />
        </Field>
      ))}
    </div>
  );
}

function Suggested({
  value,
  values,
  onChange,
}: {
  value: string;
  values: readonly string[];
  onChange: (value: string) => void;
}) {
  const id = useId();
  return (
    <>
      <Input list={id} autoComplete="off" value={value} onChange={({ target }) => onChange(target.value)} />
      <datalist id={id}>
        {values.map((one) => (
          <option key={one} value={one} />
        ))}
      </datalist>
    </>
  );
}
