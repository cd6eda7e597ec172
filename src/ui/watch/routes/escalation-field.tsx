"use client";

import { Plus, X } from "lucide-react";
import type { Channel } from "@/contracts/watch/channel";
import type { Route } from "@/contracts/watch/policy";
import { Button } from "../../primitives/button";
import { Chip } from "../../primitives/chip";
import { ChannelChecks } from "../fields/channel-checks";
import { SpanInput } from "../fields/span-input";
import { escalationWords } from "./words/route-words";

type Steps = NonNullable<Route["escalation"]>;
const placeKey = (index: number) => `step-${index}`;

/** Who else is told when nobody acknowledges in time. */
export function EscalationField({
  value,
  above,
  channels,
  isRoot,
  problem,
  onChange,
}: {
  value: Steps | null;
  above: Steps;
  channels: readonly Channel[];
  isRoot: boolean;
  problem: string | undefined;
  onChange: (steps: Steps | null) => void;
}) {
  const put = (index: number, patch: Partial<Steps[number]>) =>
    onChange((value ?? []).map((step, at) => (at === index ? { ...step, ...patch } : step)));
  return (
    <fieldset aria-label="Escalation" className="grid gap-2">
      <div className="flex items-center gap-2">
        <h3 className="flex-1 font-medium text-xs">If nobody acknowledges</h3>
        {isRoot ? null : (
          <Chip pressed={value === null} onClick={() => onChange(value === null ? [] : null)}>
            as above
          </Chip>
        )}
      </div>
      {value === null ? (
        <p className="text-muted-foreground text-xs">
          As above: {escalationWords(above, channels) || "nobody else"}.
        </p>
      ) : (
        <>
          {value.map((step, index) => (
            <div key={placeKey(index)} className="rounded-md border p-2.5">
              <div className="mb-1.5 flex items-center gap-2">
                <span className="text-muted-foreground text-xs">in</span>
                <SpanInput
                  label={`Step ${index + 1} after`}
                  value={step.afterMs}
                  onChange={(afterMs) => put(index, { afterMs })}
                />
                <span className="flex-1 text-muted-foreground text-xs">also</span>
                <Button
                  variant="ghost"
                  size="icon"
                  aria-label={`Remove step ${index + 1}`}
                  onClick={() => onChange(value.filter((_, at) => at !== index))}
                >
                  <X aria-hidden="true" />
                </Button>
              </div>
              <ChannelChecks
                name={`Step ${index + 1} also tells`}
                chosen={step.channelIds}
                channels={channels}
                onChange={(channelIds) => put(index, { channelIds })}
              />
            </div>
          ))}
          <Button
            className="justify-self-start"
            onClick={() =>
              onChange([...value, { afterMs: (value.at(-1)?.afterMs ?? 0) + 900_000, channelIds: [] }])
            }
          >
            <Plus aria-hidden="true" />
            Tell somebody else
          </Button>
        </>
      )}
      {problem ? (
        <p role="alert" className="text-destructive text-xs">
          {problem}
        </p>
      ) : null}
    </fieldset>
  );
}
